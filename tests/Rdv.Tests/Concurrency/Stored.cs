using NodaTime;
using Rdv.Appointments;
using Rdv.Ids;
using Rdv.People;
using Rdv.Tests.Infrastructure;
using Rdv.Workshops;

namespace Rdv.Tests.Concurrency;

/// <param name="Action">One of <see cref="ChangeActions"/>.</param>
/// <param name="At">By the product's clock; null when it is not known.</param>
internal sealed record StoredChange(int Version, string Action, Actor By, Instant? At = null);

internal sealed record StoredAppointment(string Name, View View, IReadOnlyList<StoredChange> Changes);

/// <summary>What the table holds at the end: the last read of the history, and what tells whether a call without an answer took place.</summary>
/// <param name="Absences">The keys under which they were asked for.</param>
internal sealed record Stored(
    IReadOnlyList<StoredAppointment> Appointments, IReadOnlyList<string> Absences, IReadOnlyDictionary<string, int> HoursVersions)
{
    /// <summary>The calendars that are linked: whose, and which.</summary>
    public IReadOnlyList<(string Advisor, int Number)> Calendars { get; init; } = [];

    /// <summary>Every workshop, with the title under which it was asked for.</summary>
    public IReadOnlyList<(string Title, string Advisor, WorkshopView View)> Workshops { get; init; } = [];

    /// <summary>What the instances wrote, and when; null when it was not heard.</summary>
    public IReadOnlyList<Commit>? Commits { get; init; }

    public override string ToString() => string.Join('\n', Appointments.Select(stored => $"{stored.Name} {stored.View}\n    {string.Join("\n    ", stored.Changes)}").Concat(Workshops.Select(workshop => workshop.ToString())));

    public static async Task<Stored> ReadAsync(World world, Product product)
    {
        var store = product.Get<IAppointmentStore>();
        var appointments = new List<StoredAppointment>();
        foreach (var row in await world.RowsAsync("rdv|"))
        {
            AppointmentReference.TryFromCode(world.Territory, row.RowKey["rdv|".Length..], out var reference);
            var appointment = (await store.ReadAsync(reference, CancellationToken.None))!.Value;
            var history = await store.ReadHistoryAsync(reference, CancellationToken.None);
            appointments.Add(new StoredAppointment(
                appointment.Citizen.Name,
                new View(reference.ToString(), appointment.Status, appointment.Version, appointment.AdvisorId.Value, appointment.LocalStart, appointment.Seat?.Id.Value, MeansWords.UnlessPlace(appointment.Means)),
                [.. history.Changes.Select(change => new StoredChange(change.Version, change.Action, change.By, change.At)).OrderBy(change => change.Version)]));
        }

        var absences = (await world.RowsAsync("absence|")).Where(row => row.GetBoolean("TakenBack") != true).Select(row => row.GetString("Reason")).ToList();
        var workshops = new List<(string, string, WorkshopView)>();
        foreach (var row in await world.RowsAsync("workshop|"))
        {
            var workshop = (await product.Get<IWorkshopStore>().ReadAsync(world.Territory, new WorkshopId(row.RowKey["workshop|".Length..]), CancellationToken.None))!.Value;
            workshops.Add((workshop.Title, workshop.AdvisorId.Value, new WorkshopView(workshop.Id.Value, workshop.Version, workshop.LocalStart, workshop.IsCancelled)));
        }

        var directory = await product.Directory.ReadAsync(world.Territory, CancellationToken.None);
        return new Stored(appointments, absences, directory.Advisors.Values.ToDictionary(advisor => advisor.Id.Value, advisor => advisor.HoursVersion))
        {
            Workshops = workshops,
            Calendars = [.. (await world.RowsAsync("cal|")).Select(row => (row.RowKey.Split('|')[1], PublishedHours.NumberOf(row.GetString("Ending"))))],
        };
    }
}
