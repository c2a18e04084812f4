using NodaTime;
using Rdv.Directory;
using Rdv.Ids;

namespace Rdv.Agenda;

/// <summary>Finds the starts at which an appointment fits. Pure: no clock, no storage.</summary>
public static class FreeSlots
{
    /// <summary>The cells of a period at which <paramref name="cellCount"/> free cells begin.</summary>
    public static DayGrid Find(OpenPeriod period, DayGrid bookable, DayGrid busy, int cellCount) =>
        (period.Open & bookable & ~busy).Fit(cellCount) & period.Starts;

    /// <summary>Whether the advisor could take the slot, before looking at what is booked.</summary>
    public static bool IsOffered(AgendaRules rules, Advisor advisor, string topic, PlaceId place, LocalDate date, int startCell, int cellCount)
    {
        if (!advisor.Teaches(topic) || date >= advisor.LeavesOn)
        {
            return false;
        }

        foreach (var period in rules.Of(advisor.Id).On(date.DayOfWeek))
        {
            if (period.PlaceId == place && period.Allows(topic) && period.Hours.HoldsOn(date)
                && Find(period, rules.Bookable(date, rules.Of(advisor.Id).Structure), default, cellCount).Contains(startCell))
            {
                return true;
            }
        }

        return false;
    }
}
