using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Language;

namespace Rdv.Pages.Shared;

/// <summary>A window of days, and the days from which the windows around it begin.</summary>
/// <param name="Earlier">Null when nothing lies before today.</param>
/// <param name="Later">Null when nothing can be booked after.</param>
public sealed record WeekView(string Title, LocalDate? Earlier, LocalDate? Later)
{
    public static WeekView Of(LocalDate from, int days, LocalDate today, LocalDate horizon)
    {
        var to = from.PlusDays(days - 1);
        var earlier = from.PlusDays(-days);
        return new WeekView(
            $"Du {FrenchDates.Date(from)} au {FrenchDates.Date(to)}",
            from > today ? LocalDate.Max(earlier, today) : null,
            to < horizon ? to.PlusDays(1) : null);
    }
}

/// <summary>The first slot after a window.</summary>
public sealed record NextSlot(string When, string Where, LocalDate Date)
{
    public static NextSlot? Of(SlotsFound found) => found.NextAvailable is { } slot
        ? new NextSlot(Words.Moment(slot.Start), slot.Means != Means.Place ? MeansChoice.Within(slot.Means) : found.Directory.Places.GetValueOrDefault(slot.PlaceId) is { } place ? $"{place.ShownName}, {place.Commune}" : "", slot.Start.Date)
        : null;
}
