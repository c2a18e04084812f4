using NodaTime;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;

namespace Rdv.Workshops;

/// <summary>When and where a workshop may be.</summary>
public sealed class WorkshopRules(IAgendaStore agenda, ITerritoryDirectories directories, RdvSettings settings, IClock clock)
{
    /// <summary>What an advisor reads who has something else then, or cannot be there in time.</summary>
    public const string NoRoom = "Il y a déjà autre chose à ce moment dans l'agenda, ou trop près pour la pause et le trajet, ou assez de rendez-vous ce jour-là.";

    private const int MinMinutes = 15;
    private const int MaxMinutes = 8 * 60;

    /// <summary>What a workshop is about, and for how many.</summary>
    /// <returns>The title and the topic; null when something is wrong.</returns>
    internal static (string Title, Topic Topic)? CheckWhat(string? title, string? topic, int? seats, string what, FieldErrors errors)
    {
        var checkedTitle = PeopleForm.CheckLine(title, "title", $"Donnez un titre {what}.", errors);
        var known = Topics.Find(topic);
        if (known is null)
        {
            errors.Add("topic", topic is null ? "Choisissez un sujet." : "Ce sujet n'existe pas.");
        }

        if (seats is not { } count || count is < 1 or > Workshop.MaxSeats)
        {
            errors.Add("seats", $"Indiquez le nombre de places : de 1 à {Workshop.MaxSeats}.");
        }

        return checkedTitle is not null && known is not null ? (checkedTitle, known) : null;
    }

    /// <summary>The second advisor, of the same structure as the first.</summary>
    /// <returns>Null when none is wanted, or when something is wrong.</returns>
    internal async Task<AdvisorId?> CheckSecondAsync(
        Territory territory, Advisor first, string? second, IEnumerable<Instant?> starts, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(second))
        {
            return null;
        }

        var directory = await directories.GetAsync(territory, cancellationToken);
        if (second == first.Id.Value || !directory.Advisors.TryGetValue(new AdvisorId(second), out var colleague) || colleague.StructureId != first.StructureId)
        {
            errors.Add("coAdvisorId", second == first.Id.Value ? "Choisissez un autre conseiller." : "Ce conseiller n'est pas de la même structure.");
            return null;
        }

        // What is wrong for the first is said already.
        if (starts.Any(start => start?.InZone(territory.Zone).Date >= colleague.LeavesOn))
        {
            errors.Add("coAdvisorId", "Ce conseiller sera parti ce jour-là.");
            return null;
        }

        return colleague.Id;
    }

    /// <summary>Against the directory that the last writer of that month knew: a holiday or a leave may be news of this second.</summary>
    /// <param name="moreDays">It may lie so many days beyond the horizon.</param>
    public async Task CheckAsync(
        Territory territory, AdvisorId advisor, Instant? start, int minutes, string? placeId, FieldErrors errors, CancellationToken cancellationToken, int moreDays = 0)
    {
        var directory = start is { } at
            ? await directories.GetAsync(
                territory,
                await agenda.ReadMonthAsync(territory, advisor, at.InZone(territory.Zone).Date.ToYearMonth(), cancellationToken),
                cancellationToken)
            : await directories.GetAsync(territory, cancellationToken);
        if (directory.Advisors.TryGetValue(advisor, out var known))
        {
            Check(territory, known, start, minutes, placeId, directory, settings with { HorizonDays = settings.HorizonDays + moreDays }, errors);
        }
    }

    private void Check(
        Territory territory,
        Advisor advisor,
        Instant? start,
        int minutes,
        string? placeId,
        TerritoryDirectory directory,
        RdvSettings limits,
        FieldErrors errors)
    {
        if (minutes is < MinMinutes or > MaxMinutes || minutes % DayGrid.MinutesPerCell != 0)
        {
            errors.Add("minutes", $"Un atelier dure de {MinMinutes} à {MaxMinutes} minutes, de {DayGrid.MinutesPerCell} en {DayGrid.MinutesPerCell}.");
        }

        if (placeId is null || !directory.Places.ContainsKey(new PlaceId(placeId)))
        {
            errors.Add("placeId", placeId is null ? "Choisissez un lieu." : "Ce lieu n'existe pas.");
        }

        StartRules.Check(start, territory, Duration.Zero, limits, clock.GetCurrentInstant(), errors);
        if (errors.Any)
        {
            return;
        }

        var local = start!.Value.InZone(territory.Zone).LocalDateTime;
        var first = DayGrid.CellOf(local.TimeOfDay);
        var last = first + (minutes / DayGrid.MinutesPerCell);
        var structure = directory.Structures.GetValueOrDefault(advisor.StructureId);
        if (!DayGrid.IsOnGrid(local.TimeOfDay))
        {
            errors.Add("start", $"Un atelier commence à une heure ronde, de {DayGrid.MinutesPerCell} en {DayGrid.MinutesPerCell} minutes.");
        }
        else if (last > DayGrid.Cells)
        {
            errors.Add("minutes", "Un atelier finit le jour où il commence.");
        }
        else if (local.Date >= advisor.LeavesOn)
        {
            errors.Add("start", "Ce conseiller sera parti ce jour-là.");
        }
        else if (PublicHolidays.Contains(territory, local.Date) && structure?.WorksOn(local.Date) != true)
        {
            errors.Add("start", "Ce jour est férié. Indiquez d'abord que la structure est ouverte ce jour-là.");
        }
        else if (!directory.Rules.Bookable(local.Date, structure).ContainsAll(DayGrid.Range(first, last)))
        {
            errors.Add("start", "L'heure change cette nuit-là : cette heure n'existe pas, ou existe deux fois.");
        }
    }

    /// <summary>Places workshops into the agendas of their advisors, each beside those before it.</summary>
    /// <returns>Those for which one of the agendas has no room.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    internal async Task<IReadOnlyList<Workshop>> PlaceAsync(
        AgendaDraft draft, IReadOnlyList<Workshop> workshops, Func<Workshop, IEnumerable<string>> codes, CancellationToken cancellationToken)
    {
        var noRoom = new List<Workshop>();
        foreach (var workshop in workshops)
        {
            foreach (var advisor in workshop.Advisors)
            {
                var (month, day) = await draft.DayAsync(advisor, workshop.Date, cancellationToken);
                var entry = workshop.ToEntry(advisor, codes(workshop));
                if (await FitsAsync(workshop with { AdvisorId = advisor }, month, day, entry, cancellationToken))
                {
                    draft.Put(advisor, workshop.Date, day.With(entry, clock.GetCurrentInstant()));
                }
                else
                {
                    noRoom.Add(workshop);
                    break;
                }
            }
        }

        return noRoom;
    }

    /// <summary>Whether nothing else is there, the day has room for one more, and the advisor can come from what is before and go to what is after.</summary>
    /// <param name="month">The month of <paramref name="day"/>: the directory is the one that its last writer knew, or a newer one.</param>
    public async Task<bool> FitsAsync(Workshop workshop, AgendaMonth month, DayAgenda day, AgendaEntry entry, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(workshop.Territory, month, cancellationToken);
        var others = day.Without(entry.Id);
        return others.Entries.Count(other => other.Kind == EntryKind.Workshop) < Workshop.MaxADay
            && directory.Advisors.TryGetValue(workshop.AdvisorId, out var advisor)
            && (DayOffer.Taken(directory.Rules, advisor, others, workshop.PlaceId, new OfferTo(clock.GetCurrentInstant())) & entry.Grid).IsEmpty;
    }
}
