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
    private readonly AgendaRules _rules;
    private readonly AdvisorRules _advisor;
    private readonly OfferDate _date;
    private readonly AgendaMonth? _month;
    private readonly OfferTo _to;

    // What is taken at the place that was asked about last: an advisor is nearly always at one place all day.
    private PlaceId? _takenAt;
    private DayGrid _taken;
    private DayGrid? _kept;

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
        var offer = new DayOffer(rules, known, OfferDate.Of(rules, date, to), month, to);
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
            return DayGrid.All;
        }

        var taken = default(DayGrid);
        foreach (var entry in day.Entries)
        {
            if (to.Sees(entry))
            {
                taken |= Around(rules, advisor, entry, new Spot(place, to.Home));
            }
        }

        return taken;
    }

    /// <summary>The cells of one of the day's periods at which a slot about the topic may start.</summary>
    public DayGrid Starts(OpenPeriod period, string topic, int cellCount)
    {
        if (IsClosed(period) || IsClosedHoliday || _date.IsBeyond || !Allows(period, topic))
        {
            return default;
        }

        if (_month is not null && _takenAt != period.PlaceId)
        {
            _taken = Taken(_rules, _advisor.Advisor, Day, period.PlaceId, _to);
            _takenAt = period.PlaceId;
        }

        var starts = Starts(period, _date.Cells & ~_date.Soon, _taken, cellCount);
        return _date.Kept.IsEmpty || _advisor.Structure is not { PhoneShare: > 0 } ? starts : starts & ~KeptStarts(period, cellCount);
    }

    /// <summary>Why a slot is not offered at a cell: the first of the steps of <see cref="Starts(OpenPeriod, string, int)"/> that it does not pass.</summary>
    /// <returns>Null when it is offered.</returns>
    public WhyNot? Why(OpenPeriod period, string topic, int cellCount, int startCell)
    {
        if (Starts(period, topic, cellCount).Contains(startCell))
        {
            return null;
        }

        return IsClosed(period) || !Starts(period, _date.Cells, default, cellCount).Contains(startCell) ? new WhyNot(NotOffered.Closed)
            : IsClosedHoliday ? new WhyNot(NotOffered.Holiday)
            : _date.IsBeyond ? new WhyNot(NotOffered.BeyondHorizon)
            : _date.Soon.Contains(startCell) ? new WhyNot(NotOffered.TooSoon)
            : !Teaches(period, topic) ? new WhyNot(NotOffered.TopicNotHere)
            : WhyNotSo(period) is { } how ? how
            : WhyTaken(period.PlaceId, DayGrid.Range(startCell, startCell + cellCount))
                ?? new WhyNot(NotOffered.KeptForPhone, _rules.InstantOf(_date.Date, startCell) - PhoneHours.Lead);
    }

    private readonly DayAgenda Day => _month?.Day(_date.Date) ?? DayAgenda.Empty;

    private readonly bool IsClosedHoliday => _date.IsHoliday && _advisor.Structure?.WorksOn(_date.Date) != true;

    private readonly bool IsClosed(OpenPeriod period) => _date.Date >= _advisor.Advisor.LeavesOn || !period.Hours.HoldsOn(_date.Date);

    private readonly bool Allows(OpenPeriod period, string topic) => Teaches(period, topic) && WhyNotSo(period) is null;

    private readonly bool Teaches(OpenPeriod period, string topic) => _advisor.Advisor.Teaches(topic) && period.Allows(topic);

    /// <summary>Why one cannot meet so in that period; null when one can. Who asks for no means is content with any that there is.</summary>
    private readonly WhyNot? WhyNotSo(OpenPeriod period)
    {
        if (_to.Means is { } wanted)
        {
            return !period.Hours.Offers(wanted) ? new WhyNot(NotOffered.MeansNotHere)
                : wanted == Means.Video && !_advisor.Advisor.CanMeet(wanted) ? new WhyNot(NotOffered.NoVideoLink)
                : wanted == Means.Home && (_to.Home is not { } home || !_rules.Reaches(_advisor.Advisor, period.PlaceId, home)) ? new WhyNot(NotOffered.TooFar)
                : null;
        }

        foreach (var means in period.Hours.Means ?? [])
        {
            if (_advisor.Advisor.CanMeet(means))
            {
                return null;
            }
        }

        return period.Hours.Means is not { } listed ? null : new WhyNot(listed.Contains(Means.Video) ? NotOffered.NoVideoLink : NotOffered.TooFar);
    }

    /// <summary>The starts of slots that reach into what is kept for the telephone. What one's own hold keeps was given already.</summary>
    private DayGrid KeptStarts(OpenPeriod period, int cellCount)
    {
        _kept ??= PhoneHours.Kept(_advisor, _date.Date);
        var kept = _date.Kept & ~(~_kept.Value).Fit(cellCount);
        return _to.Hold is { } id && Day.Find(id) is { Kind: EntryKind.Hold } own && own.Expires > _to.Now && own.PlaceId == period.PlaceId
            ? kept & ~DayGrid.Range(own.StartCell, own.StartCell + own.CellCount - cellCount + 1)
            : kept;
    }

    /// <summary>Null when the slot is not taken.</summary>
    private readonly WhyNot? WhyTaken(PlaceId place, DayGrid slot)
    {
        var (why, near) = (default(WhyNot?), default(WhyNot?));
        foreach (var entry in Day.Entries)
        {
            if (_to.Sees(entry) && !(entry.Grid & slot).IsEmpty)
            {
                var found = ReasonOf(entry);
                why = why is { } known && known.Reason <= found.Reason ? why : found;
            }
            else if (_to.Sees(entry) && !(Around(_rules, _advisor.Advisor, entry, new Spot(place, _to.Home)) & slot).IsEmpty)
            {
                near = new WhyNot(_rules.MinutesBetween(_advisor.Advisor, entry.Spot, new Spot(place, _to.Home)) > (_advisor.Advisor.Rules?.PauseMinutes ?? 0)
                    ? NotOffered.Travel
                    : NotOffered.Pause);
            }
        }

        return why ?? (IsFull(_advisor.Advisor, Day, _to) ? new WhyNot(NotOffered.Full) : near);
    }

    private static WhyNot ReasonOf(AgendaEntry entry) => entry.Kind switch
    {
        EntryKind.Appointment or EntryKind.Workshop => new WhyNot(NotOffered.Booked),
        EntryKind.Hold => new WhyNot(NotOffered.Held, entry.Expires),
        EntryKind.Calendar => new WhyNot(NotOffered.Calendar),
        _ => new WhyNot(NotOffered.Absence),
    };

    /// <summary>The cells of an entry, and those too near it for anything there.</summary>
    private static DayGrid Around(AgendaRules rules, Advisor advisor, AgendaEntry entry, Spot spot)
    {
        var cells = entry.IsMeeting ? (rules.MinutesBetween(advisor, entry.Spot, spot) + DayGrid.MinutesPerCell - 1) / DayGrid.MinutesPerCell : 0;
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
