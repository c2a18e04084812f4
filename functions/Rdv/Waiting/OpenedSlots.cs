using NodaTime;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Transactions;

namespace Rdv.Waiting;

/// <param name="Advisor">Whose slot it is.</param>
internal sealed record OpenedSlot(Advisor Advisor, WantedSlot Slot);

/// <summary>The slots of hours that were opened, and what is kept of them in one transaction.</summary>
/// <param name="months">Of the advisors whose hours were opened, for all the days that were.</param>
/// <param name="earliest">Wall time before which no slot may start.</param>
/// <param name="lastDay">The horizon.</param>
internal sealed class OpenedSlots(
    TerritoryDirectory directory, IReadOnlyList<StoredMonth> months, IReadOnlyList<OpenedTime> times, LocalDateTime earliest, LocalDate lastDay, Instant now)
{
    private readonly Dictionary<(string Topic, int? Minutes, Means Means, string? Home), IReadOnlyList<OpenedSlot>> _found = [];
    private readonly Dictionary<(AdvisorId Advisor, LocalDate Date), DayAgenda> _kept = [];

    // What is kept for the telephone is theirs too: somebody calls them, or has called.
    private readonly OfferTo _to = new(now);

    public IEnumerable<RowWrite> Writes => months
        .Select(month => (Month: month, Days: _kept
            .Where(day => day.Key.Advisor == month.AdvisorId && day.Key.Date.ToYearMonth() == month.Month)
            .ToDictionary(day => day.Key.Date.Day, day => day.Value)))
        .Where(changed => changed.Days.Count > 0)
        .Select(changed => changed.Month.Write(changed.Days, changed.Month.HoursVersion));

    /// <summary>Those that were closed before, and that nobody has taken or been offered, by time.</summary>
    public IEnumerable<OpenedSlot> For(WaitingPerson person) => _found.TryGetValue((person.Topic, person.Minutes, person.Means, person.Home), out var known)
        ? known.Where(IsFree)
        : (_found[(person.Topic, person.Minutes, person.Means, person.Home)] = Find(person)).Where(IsFree);

    public void Keep(OpenedSlot slot, string hold, Instant until) =>
        _kept[(slot.Advisor.Id, slot.Slot.Date)] = DayOf(slot).With(slot.Slot.ToHold(hold, until), now);

    private List<OpenedSlot> Find(WaitingPerson person)
    {
        var (means, home) = (person.Means, person.Home);
        if (person.MinutesNeeded is not { } minutes || times.Count == 0)
        {
            return [];
        }

        var opened = times.ToLookup(time => time.Date);
        var (from, to) = (LocalDate.Max(times.Min(time => time.Date), earliest.Date), LocalDate.Min(times.Max(time => time.Date), lastDay));
        var finder = new SlotFinder(directory, months, now);
        return [.. months
            .Select(month => directory.Advisors.GetValueOrDefault(month.AdvisorId))
            .OfType<Advisor>()
            .Distinct()
            .SelectMany(advisor => finder
                .Find(new SlotQuery(person.Topic, minutes, from, Period.DaysBetween(from, to) + 1, earliest, Advisor: advisor.Id, OnWeb: false) { Means = means, Home = home })
                .Select(slot => WantedSlot.Of(person.Topic, slot.PlaceId, slot.Start, slot.Minutes))
                .OfType<WantedSlot>()
                .Select(slot => slot with { Means = means, Home = home })
                .Where(slot => opened[slot.Date].Any(time => !(DayGrid.Range(time.FromCell, time.ToCell) & slot.Grid).IsEmpty))
                .Select(slot => new OpenedSlot(advisor, slot)))
            .OrderBy(slot => slot.Slot.Start)
            .ThenBy(slot => slot.Advisor.Id.Value, StringComparer.Ordinal)];
    }

    // Only a day of which something is kept by now has to be looked at again.
    private bool IsFree(OpenedSlot slot) =>
        !_kept.ContainsKey((slot.Advisor.Id, slot.Slot.Date))
        || Candidates.IsFree(directory.Rules, slot.Advisor, MonthOf(slot) with { Days = new Dictionary<int, DayAgenda> { [slot.Slot.Date.Day] = DayOf(slot) } }, slot.Slot, _to);

    private DayAgenda DayOf(OpenedSlot slot) =>
        _kept.GetValueOrDefault((slot.Advisor.Id, slot.Slot.Date)) ?? MonthOf(slot).Day(slot.Slot.Date);

    private StoredMonth MonthOf(OpenedSlot slot) => months.First(month => month.AdvisorId == slot.Advisor.Id && month.Month == slot.Slot.Month);
}
