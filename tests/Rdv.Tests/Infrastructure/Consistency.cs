using Azure.Data.Tables;
using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Azure.Booking;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Shouldly;

namespace Rdv.Tests.Infrastructure;

/// <summary>What must hold of a territory's rows whatever has happened: nothing overlaps, and nothing is half done.</summary>
internal static class Consistency
{
    /// <inheritdoc cref="ShouldHoldAsync(TableClient, Territory, IAgendaStore, Action{AppointmentHistory}?)"/>
    public static Task<IReadOnlyList<Appointment>> ShouldHoldAsync(World world, Product product) =>
        ShouldHoldAsync(world.Table, world.Territory, product.Get<IAgendaStore>());


    /// <param name="look">Shown what happened to each appointment.</param>
    /// <returns>The appointments of the territory.</returns>
    public static async Task<IReadOnlyList<Appointment>> ShouldHoldAsync(
        TableClient table, Territory territory, IAgendaStore agenda, Action<AppointmentHistory>? look = null)
    {
        // Everything at once: to ask for each appointment took longer than what was tested.
        var rows = await table.QueryAsync<TableEntity>(row => row.PartitionKey == territory.Code).ToListAsync();
        var keys = rows.Select(row => row.RowKey).ToHashSet();
        var due = keys.Where(key => key.StartsWith("due|", StringComparison.Ordinal)).Select(key => string.Join('|', key.Split('|')[^4..])).ToHashSet();
        var logs = rows.Where(row => row.RowKey.StartsWith("log|", StringComparison.Ordinal)).ToLookup(row => row.RowKey.Split('|')[1]);
        var appointments = rows.Where(row => row.RowKey.StartsWith("rdv|", StringComparison.Ordinal)).Select(AppointmentRow.Read).ToList();

        var entries = new List<(string Advisor, LocalDate Date, AgendaEntry Entry)>();
        foreach (var key in keys.Where(key => key.StartsWith("agenda|", StringComparison.Ordinal)))
        {
            var parts = key.Split('|');
            var month = new YearMonth(int.Parse(parts[1][..4], provider: null), int.Parse(parts[1][5..], provider: null));
            var read = await agenda.ReadMonthAsync(territory, new Rdv.Ids.AdvisorId(parts[2]), month, CancellationToken.None);
            foreach (var (day, content) in read.Days)
            {
                // An absence may be laid over another, as the closure of a structure is, and over holds: nobody's word is broken. What an
                // advisor does elsewhere lies over whatever there is.
                var (booked, busy) = (default(DayGrid), default(DayGrid));
                foreach (var entry in content.Entries.Where(entry => entry.Kind != EntryKind.Calendar).OrderBy(entry => entry.Kind is EntryKind.Absence or EntryKind.Hold))
                {
                    var others = entry.Kind == EntryKind.Absence ? booked : busy;
                    (others & entry.Grid).IsEmpty.ShouldBeTrue($"{key}, day {day}: {entry} overlaps another entry");
                    booked |= entry.Kind is EntryKind.Absence or EntryKind.Hold ? default : entry.Grid;
                    busy |= entry.Kind == EntryKind.Absence ? default : entry.Grid;
                    if (entry is { Kind: EntryKind.Workshop, Seats: { } seats })
                    {
                        seats.Taken.ShouldBeLessThanOrEqualTo(seats.Count, $"{key}, day {day}: a workshop has seats too many");
                        seats.Codes.ShouldBeUnique($"{key}, day {day}: one seat was taken twice");
                        keys.ShouldContain("workshop|" + entry.Id);
                        entries.AddRange(seats.Codes.Select(code => (parts[2], month.OnDayOfMonth(day), entry with { Id = code, Version = 0 })));
                    }

                    if (entry.Kind == EntryKind.Appointment)
                    {
                        entries.Add((parts[2], month.OnDayOfMonth(day), entry));
                    }
                }
            }
        }

        entries.Select(found => (found.Advisor, found.Date, found.Entry.StartCell, found.Entry.CellCount, found.Entry.Id, found.Entry.Version))
            .ShouldBe(
                appointments.Where(appointment => appointment.Status != AppointmentStatus.Cancelled).Select(appointment => (
                    appointment.AdvisorId.Value,
                    appointment.LocalStart.Date,
                    DayGrid.CellOf(appointment.LocalStart.TimeOfDay),
                    appointment.Minutes / DayGrid.MinutesPerCell,
                    appointment.Reference.Code,
                    // The entry of a workshop has a version of its own.
                    appointment.Seat is null ? appointment.Version : 0)),
                ignoreOrder: true,
                "the agenda and the appointments say the same");

        foreach (var appointment in appointments)
        {
            var code = appointment.Reference.Code;
            keys.ShouldContain($"phone|{appointment.PhoneIndex.KeyNumber}|{appointment.PhoneIndex.Hash}|{code}");
            var history = LogRow.Read(appointment.Reference, logs[code]);
            look?.Invoke(history);

            // Who came is noted of the version that there is.
            history.Changes.Where(change => change.Action is not (ChangeActions.Kept or ChangeActions.Missed)).Select(change => change.Version)
                .ShouldBe(Enumerable.Range(1, appointment.Version), $"{appointment}: one change for each version");
            foreach (var planned in history.Changes.SelectMany(change => change.Messages))
            {
                var isDue = due.Contains($"{code}|{planned.Kind}|{planned.Recipient}|{planned.Version}");
                var logged = keys.Contains($"log|{code}|message|{planned.Version:D6}|{planned.Kind}|{planned.Recipient}");
                (isDue ^ logged).ShouldBeTrue($"{appointment}: {planned.Kind} to {planned.Recipient} is due or done, and not both (due {isDue}, done {logged})");
            }
        }

        var codes = appointments.Select(appointment => appointment.Reference.Code).ToHashSet();
        foreach (var key in keys)
        {
            var parts = key.Split('|');
            var code = parts[0] switch { "due" => parts[3], "log" => parts[1], "phone" when parts.Length == 4 => parts[3], _ => null };

            // What is about a person who waits outlives their row.
            (code is null || codes.Contains(code) || code[0] is Subject.DayLetter or Subject.WaitingLetter or Subject.AbsenceLetter or Subject.CalendarLetter || keys.Contains("workshop|" + code))
                .ShouldBeTrue($"{key} belongs to no appointment");
        }

        return appointments;
    }
}
