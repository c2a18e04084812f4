using NodaTime;
using Rdv.Ids;

namespace Rdv.Directory;

/// <summary>A period of opening hours, made ready for the slot finder.</summary>
/// <param name="Starts">The cells at which a slot may start.</param>
public sealed record OpenPeriod(OpeningHours Hours, DayGrid Open, DayGrid Starts)
{
    public PlaceId PlaceId => Hours.PlaceId;

    /// <summary>The number of the place in <see cref="AgendaRules.Places"/>.</summary>
    internal int PlaceNumber { get; init; }

    public bool Allows(string topic) => Hours.Topics is null || Hours.Topics.Contains(topic);
}

/// <summary>One advisor's opening hours by weekday, compiled once for each version of the directory.</summary>
public sealed class AdvisorRules
{
    private const int DefaultStepMinutes = 30;
    private readonly OpenPeriod[][] _byDay;

    /// <param name="number">In <see cref="AgendaRules.All"/>.</param>
    /// <param name="placeNumber">Numbers a place of the structure.</param>
    public AdvisorRules(Advisor advisor, Structure? structure, int number = 0, Func<PlaceId, int>? placeNumber = null)
    {
        Advisor = advisor;
        Number = number;
        Structure = structure;
        var slotStepMinutes = structure?.SlotStepMinutes ?? DefaultStepMinutes;
        var periods = advisor.Hours
            .Select(hours => Compile(hours, slotStepMinutes) with { PlaceNumber = placeNumber?.Invoke(hours.PlaceId) ?? 0 })
            .ToArray();
        _byDay = [.. Enumerable.Range(1, 7).Select(day => periods.Where(period => period.Hours.Days.Contains(day)).ToArray())];
    }

    public Advisor Advisor { get; }

    internal int Number { get; }

    public Structure? Structure { get; }

    /// <summary>The periods that may hold on that weekday; ask <see cref="OpeningHours.HoldsOn"/> of each for the very day.</summary>
    public ReadOnlySpan<OpenPeriod> On(IsoDayOfWeek day) => _byDay[(int)day - 1];

    private static OpenPeriod Compile(OpeningHours hours, int slotStepMinutes)
    {
        var from = DayGrid.CellOf(hours.From);
        // Midnight as an end is the end of the day.
        var to = hours.To == LocalTime.Midnight ? DayGrid.Cells : DayGrid.CellOf(hours.To);
        return new OpenPeriod(hours, DayGrid.Range(from, to), DayGrid.Every(Math.Max(1, slotStepMinutes / DayGrid.MinutesPerCell), from, to));
    }
}
