using System.Globalization;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Pages.Shared;
using Rdv.Previews;

namespace Rdv.Pages.Advisors;

/// <summary>Who is inside the hours that are to be closed, and what would become of each.</summary>
/// <param name="Lines">By time: the hour, the person or the workshop, and what becomes of it.</param>
/// <param name="People">How many they are.</param>
/// <param name="IsRefused">Nothing is closed while they are there.</param>
/// <param name="Seen">What the button that does it sends back: when it is no longer so, it is shown again before anything is done.</param>
public sealed record ClosePreview(IReadOnlyList<string> Lines, int People, bool IsRefused, string Seen)
{
    /// <param name="overDays">More than one day is to be closed: each line names its own.</param>
    /// <returns>Null when nobody is concerned.</returns>
    public static ClosePreview? Of(Preview preview, TerritoryDirectory directory, bool overDays = false)
    {
        if (preview.IsEmpty)
        {
            return null;
        }

        var lines = preview.Appointments
            .Where(one => one.Appointment.Seat is null)
            .Select(one => (Start: one.Appointment.LocalStart, Text: one.Appointment.Citizen.Name + Becoming(one, directory)))
            .Concat(preview.Workshops.Select(one => (Start: one.Workshop.LocalStart, Text: Text(one))))
            .OrderBy(line => line.Start)
            .Select(line => $"{(overDays ? Words.Moment(line.Start) : Words.Time(line.Start.TimeOfDay))}\u00a0: {line.Text}");
        var facts = preview.Appointments.Select(one => $"{one.Appointment.Reference} {one.Becomes} {one.To} {one.IsCalledBack}")
            .Concat(preview.Workshops.Select(one => $"{one.Workshop.Id} {one.Becomes}"));
        return new ClosePreview(
            [.. lines],
            preview.Appointments.Count,
            preview.Appointments.Any(one => one.Becomes == Becomes.Refused) || preview.Workshops.Any(one => one.Becomes == Becomes.Refused),
            StableHash.Of(string.Join('|', facts)).ToString("x8", CultureInfo.InvariantCulture));
    }

    private static string Becoming(PreviewedAppointment one, TerritoryDirectory directory) => one.Becomes switch
    {
        Becomes.Reassigned => $". Confié à {NameOf(one.To!.Value, directory)}. {Hears(one.Told)}",
        Becomes.Cancelled => $". Annulé. {Hears(one.Told)}{(one.IsCalledBack ? " La hotline la rappelle." : "")}",
        _ => "",
    };

    private static string Text(PreviewedWorkshop one) =>
        $"atelier «\u00a0{one.Workshop.Title}\u00a0», {Words.People(one.Taken)}{(one.Becomes == Becomes.Cancelled ? ". Annulé. Les personnes inscrites sont prévenues." : "")}";

    private static string Hears(Told told) => told switch
    {
        Told.Sms => "La personne est prévenue par SMS.",
        Told.Mail => "La personne est prévenue par courriel.",
        Told.Call => "La personne est appelée.",
        _ => "Rien ne change pour la personne.",
    };

    private static string NameOf(AdvisorId advisor, TerritoryDirectory directory) =>
        directory.Advisors.TryGetValue(advisor, out var known) ? known.DisplayName : advisor.Value;

    // The lines name persons, and a record would print them.
    public override string ToString() => $"{People} people";
}
