using NodaTime;
using Rdv.Directory;
using Rdv.Ids;

namespace Rdv.Agenda;

/// <summary>
/// What one advisor's day offers: the only piece that says at which cells a slot may start. What is shown, what is chosen and what is
/// written all ask it. Pure: no clock, no storage.
/// </summary>
public ref struct DayOffer
{
    private readonly AdvisorRules _advisor;
    private readonly OfferDate _date;
    private readonly AgendaMonth? _month;
    private readonly OfferTo _to;
    private DayGrid? _busy;

    /// <param name="month">Null when nothing is booked, or is not to be looked at.</param>
    public DayOffer(AdvisorRules advisor, OfferDate date, AgendaMonth? month, OfferTo to)
    {
        _advisor = advisor;
        _date = date;
        _month = month;
        _to = to;
    }

    /// <summary>Whether that slot is offered.</summary>
    public static bool Has(
        AgendaRules rules, Advisor advisor, AgendaMonth? month, string topic, PlaceId place, LocalDate date, int startCell, int cellCount, OfferTo to)
    {
        var offer = new DayOffer(rules.Of(advisor.Id), OfferDate.Of(rules, date), month, to);
        foreach (var period in rules.Of(advisor.Id).On(date.DayOfWeek))
        {
            if (period.PlaceId == place && offer.Starts(period, topic, cellCount).Contains(startCell))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The cells of a period at which <paramref name="cellCount"/> free cells begin.</summary>
    public static DayGrid Starts(OpenPeriod period, DayGrid bookable, DayGrid busy, int cellCount) =>
        (period.Open & bookable & ~busy).Fit(cellCount) & period.Starts;

    /// <summary>The cells of one of the day's periods at which a slot about the topic may start.</summary>
    public DayGrid Starts(OpenPeriod period, string topic, int cellCount)
    {
        if (_date.Date >= _advisor.Advisor.LeavesOn
            || (_date.IsHoliday && _advisor.Structure?.WorksOn(_date.Date) != true)
            || !_advisor.Advisor.Teaches(topic)
            || !period.Allows(topic)
            || !period.Hours.HoldsOn(_date.Date))
        {
            return default;
        }

        _busy ??= Busy();
        return Starts(period, _date.Cells, _busy.Value, cellCount);
    }

    private readonly DayGrid Busy()
    {
        if (_month is null)
        {
            return default;
        }

        var day = _month.Day(_date.Date);
        day = _to.Moving is null ? day : day.Without(_to.Moving);
        return day.IsFull ? DayGrid.Range(0, DayGrid.Cells) : day.Busy(_to.Now, _to.Hold);
    }
}
