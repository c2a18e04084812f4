using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;

namespace Rdv.Booking;

/// <summary>An advisor who may take a slot, and the month in which it would stand.</summary>
public sealed record Candidate(Advisor Advisor, StoredMonth Month);

/// <summary>Chooses who takes a slot.</summary>
public static class Candidates
{
    /// <summary>Those who offer the slot by their opening hours.</summary>
    public static List<Advisor> Offering(TerritoryDirectory directory, WantedSlot slot, AdvisorId? only) =>
        [.. directory.Advisors.Values.Where(advisor =>
            (only is null || advisor.Id == only)
            && IsOffered(directory.Rules, advisor, slot))];

    /// <summary>
    /// Those who seem free then, the least loaded first: that day, then that week, then by a draw that is the same for everyone who
    /// asks about the same day, so that equals take turns from day to day.
    /// </summary>
    public static List<Advisor> Free(
        AgendaRules rules, IEnumerable<Advisor> offering, IReadOnlyCollection<AgendaMonth> months, WantedSlot slot, OfferTo to)
    {
        var byAdvisor = months.ToLookup(month => month.AdvisorId);
        return [.. offering
            .Select(advisor => (Advisor: advisor, Month: byAdvisor[advisor.Id].FirstOrDefault(month => month.Month == slot.Month)
                ?? AgendaMonth.Missing(advisor.Id, slot.Month)))
            .Where(candidate => IsFree(rules, candidate.Advisor, candidate.Month, slot, to))
            .OrderBy(candidate => Minutes(candidate.Month.Day(slot.Date)))
            .ThenBy(candidate => byAdvisor[candidate.Advisor.Id].Sum(month => WeekMinutes(month, slot)))
            .ThenBy(candidate => Draw(candidate.Advisor.Id, slot.Date))
            .Select(candidate => candidate.Advisor)];
    }

    /// <summary>Whether the advisor could take the slot, before looking at what is booked.</summary>
    public static bool IsOffered(AgendaRules rules, Advisor advisor, WantedSlot slot) =>
        DayOffer.Has(rules, advisor, month: null, slot.Topic, slot.Place, slot.Date, slot.StartCell, slot.CellCount, new OfferTo { Means = slot.Means, Home = slot.Home });

    public static bool IsFree(AgendaRules rules, Advisor advisor, AgendaMonth month, WantedSlot slot, OfferTo to) =>
        DayOffer.Has(rules, advisor, month, slot.Topic, slot.Place, slot.Date, slot.StartCell, slot.CellCount, to with { Means = slot.Means, Home = slot.Home });

    private static int WeekMinutes(AgendaMonth month, WantedSlot slot) => month.Days
        .Where(day => month.Month.OnDayOfMonth(day.Key) is var on && on >= slot.Monday && on <= slot.Sunday)
        .Sum(day => Minutes(day.Value));

    private static int Minutes(DayAgenda day) =>
        day.Entries.Where(entry => entry.Kind is EntryKind.Appointment or EntryKind.Workshop).Sum(entry => entry.Minutes);

    private static uint Draw(AdvisorId advisor, LocalDate date) => StableHash.Of($"{advisor.Value}|{date.Year}-{date.DayOfYear}");
}
