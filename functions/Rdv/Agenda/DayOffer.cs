using NodaTime;
using Rdv.Directory;
using Rdv.Ids;

namespace Rdv.Agenda;

/// <summary>
/// What one advisor's day offers: the only piece that says at which cells a slot may start (docs/adr/0015). What is shown, what is chosen and
/// what is written all ask it. Pure: no clock, no storage.
/// </summary>
/// <remarks>
/// Two meetings of a day need a pause between them, or the way where they are at two places, whichever is longer. Cells that are too near a
/// meeting are taken like those of the meeting itself, so that nothing else has to know of it.
/// </remarks>
public ref struct DayOffer
{
    private static readonly DayGrid All = DayGrid.Range(0, DayGrid.Cells);

    private readonly AgendaRules _rules;
    private readonly AdvisorRules _advisor;
    private readonly OfferDate _date;
    private readonly AgendaMonth? _month;
    private readonly OfferTo _to;

    // What is taken at the place that was asked about last: an advisor is nearly always at one place all day.
    private PlaceId? _takenAt;
    private DayGrid _taken;

    /// <param name="month">Null when nothing is booked, or is not to be looked at.</param>
    public DayOffer(AgendaRules rules, AdvisorRules advisor, OfferDate date, AgendaMonth? month, OfferTo to)
    {
        _rules = rules;
        _advisor = advisor;
        _date = date;
        _month = month;
        _to = to;
    }

    /// <summary>Whether that slot is offered.</summary>
    public static bool Has(
        AgendaRules rules, Advisor advisor, AgendaMonth? month, string topic, PlaceId place, LocalDate date, int startCell, int cellCount, OfferTo to)
    {
        var known = rules.Of(advisor.Id);
        var offer = new DayOffer(rules, known, OfferDate.Of(rules, date), month, to);
        foreach (var period in known.On(date.DayOfWeek))
        {
            if (period.PlaceId == place && offer.Starts(period, topic, cellCount).Contains(startCell))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The cells of a period at which <paramref name="cellCount"/> free cells begin.</summary>
    public static DayGrid Starts(OpenPeriod period, DayGrid bookable, DayGrid taken, int cellCount) =>
        (period.Open & bookable & ~taken).Fit(cellCount) & period.Starts;

    /// <summary>The cells in which nothing more can be at that place.</summary>
    public static DayGrid Taken(AgendaRules rules, Advisor advisor, DayAgenda day, PlaceId place, OfferTo to)
    {
        if (IsFull(advisor, day, to))
        {
            return All;
        }

        var taken = default(DayGrid);
        foreach (var entry in day.Entries)
        {
            if (to.Sees(entry))
            {
                taken |= Around(rules, advisor, entry, place);
            }
        }

        return taken;
    }

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

        if (_month is not null && _takenAt != period.PlaceId)
        {
            _taken = Taken(_rules, _advisor.Advisor, _month.Day(_date.Date), period.PlaceId, _to);
            _takenAt = period.PlaceId;
        }

        return Starts(period, _date.Cells, _taken, cellCount);
    }

    /// <summary>The cells of an entry, and those too near it for anything at that place.</summary>
    private static DayGrid Around(AgendaRules rules, Advisor advisor, AgendaEntry entry, PlaceId place)
    {
        var cells = entry.IsMeeting ? (rules.MinutesBetween(advisor, entry.PlaceId, place) + DayGrid.MinutesPerCell - 1) / DayGrid.MinutesPerCell : 0;
        return DayGrid.Range(entry.StartCell - cells, entry.StartCell + entry.CellCount + cells);
    }

    private static bool IsFull(Advisor advisor, DayAgenda day, OfferTo to)
    {
        if (advisor.Rules?.AppointmentsPerDay is null && day.Entries.Length < DayAgenda.MaxEntries)
        {
            return false;
        }

        var (meetings, all) = (0, 0);
        foreach (var entry in day.Entries)
        {
            if (to.Sees(entry))
            {
                all++;
                meetings += entry.IsMeeting ? 1 : 0;
            }
        }

        return all >= DayAgenda.MaxEntries || meetings >= advisor.Rules?.AppointmentsPerDay;
    }
}
