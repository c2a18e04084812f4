using NodaTime;
using Rdv.Agenda;
using Rdv.Ids;
using Rdv.Transactions;

namespace Rdv.Workshops;

/// <summary>The seats of a workshop, in the month that holds them and guards them.</summary>
internal sealed record HeldSeats(Workshop Workshop, StoredMonth Month, AgendaEntry Entry)
{
    public WorkshopSeats Seats => Entry.Seats!;

    /// <summary>One point read for each month, all at once.</summary>
    /// <returns>In the same order; null when one of them moved, or was cancelled, between two reads.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public static async Task<IReadOnlyList<HeldSeats>?> ReadAsync(
        IAgendaStore agenda, IReadOnlyList<Workshop> workshops, CancellationToken cancellationToken)
    {
        var months = (await Task.WhenAll(workshops
            .DistinctBy(KeyOf)
            .Select(workshop => agenda.ReadMonthAsync(workshop.Territory, workshop.AdvisorId, workshop.Date.ToYearMonth(), cancellationToken))))
            .ToDictionary(month => (month.AdvisorId, month.Month));
        var held = new List<HeldSeats>();
        foreach (var workshop in workshops)
        {
            var month = months[KeyOf(workshop)];
            if (month.Day(workshop.Date).Find(workshop.Id.Value) is not { Seats: not null } entry || entry.Version != workshop.Version)
            {
                return null;
            }

            held.Add(new HeldSeats(workshop, month, entry));
        }

        return held;
    }

    /// <summary>Changes the seats of workshops.</summary>
    /// <param name="change">What becomes of the seats of the workshop at that place of the list.</param>
    public static IEnumerable<RowWrite> Write(IReadOnlyList<HeldSeats> all, Func<WorkshopSeats, int, WorkshopSeats> change)
    {
        var entries = all.Select((held, index) => held.Entry with { Seats = change(held.Seats, index) }).ToDictionary(entry => entry.Id);
        return WriteDays(all, (day, held) => day.Replacing(entries[held.Entry.Id]));
    }

    /// <summary>Changes the days of workshops: a row for each month, since a transaction takes each row once.</summary>
    public static IEnumerable<RowWrite> WriteDays(IEnumerable<HeldSeats> all, Func<DayAgenda, HeldSeats, DayAgenda> change) => all
        .GroupBy(held => KeyOf(held.Workshop))
        .Select(held => (held.First().Month, Days: held.GroupBy(one => one.Workshop.Date)))
        .Select(one => one.Month.Write(
            one.Days.ToDictionary(day => day.Key.Day, day => day.Aggregate(one.Month.Day(day.Key), change)), one.Month.HoursVersion));

    /// <summary>A workshop in the agenda of each of its advisors: the seats are held by the first.</summary>
    public static IEnumerable<Workshop> InEachAgenda(Workshop workshop) => workshop.Advisors.Select(advisor => workshop with { AdvisorId = advisor });

    /// <summary>The mail that tells its advisors how many come.</summary>
    public static IEnumerable<RowWrite> News(IEnumerable<HeldSeats> all, Instant now) =>
        all.SelectMany(held => WorkshopNews.SeatsChanged(held.Workshop, now));

    private static (AdvisorId Advisor, YearMonth Month) KeyOf(Workshop workshop) => (workshop.AdvisorId, workshop.Date.ToYearMonth());
}
