using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Language;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Advisors;

/// <param name="Field">Of the two answers.</param>
public sealed record CameLine(string Field, string Hour, string Name, string What)
{
    // A record would print every property: a log line must not carry a person.
    public override string ToString() => Field;
}

/// <summary>"Qui est venu ?": everybody of whom it is not said yet, on one screen.</summary>
/// <param name="Days">The latest first.</param>
/// <param name="Address">Where to post the answers.</param>
public sealed record CameView(IReadOnlyList<(string Day, IReadOnlyList<CameLine> People)> Days, string Address, string Back)
{
    public const string Came = "venu";
    public const string Missed = "pas-venu";
    private const string Prefix = "rdv-";

    public static string FieldOf(Appointment appointment) => Prefix + appointment.Reference;

    public static CameView Of(IReadOnlyList<Appointment> unmarked, string address, string back) => new(
        [.. unmarked
            .GroupBy(appointment => appointment.LocalStart.Date)
            .Select(day => (FrenchDates.Date(day.Key), (IReadOnlyList<CameLine>)[.. day.OrderBy(appointment => appointment.Start).Select(appointment => new CameLine(
                FieldOf(appointment),
                Words.Time(appointment.LocalStart.TimeOfDay),
                appointment.Citizen.Name,
                appointment.Seat is { } seat ? $"Atelier\u00a0: {seat.Title}" : Topics.Find(appointment.Topic)?.Label ?? ""))]))],
        address,
        back);

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => nameof(CameView);
}
