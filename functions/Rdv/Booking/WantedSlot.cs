using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Booking;

/// <summary>A slot that somebody wants, on the grid of a day.</summary>
public sealed record WantedSlot(string Topic, PlaceId Place, LocalDate Date, int StartCell, int CellCount)
{
    public Means Means { get; init; }

    /// <summary>See <see cref="OfferTo"/>.</summary>
    public string? Home { get; init; }

    public DayGrid Grid => DayGrid.Range(StartCell, StartCell + CellCount);

    public YearMonth Month => Date.ToYearMonth();

    /// <summary>The first day of its week: the load of an advisor's week is counted from it.</summary>
    public LocalDate Monday => Date.PlusDays(1 - (int)Date.DayOfWeek);

    public LocalDate Sunday => Monday.PlusDays(6);

    /// <summary>Wall time.</summary>
    public LocalDateTime Start => Date.At(DayGrid.TimeOf(StartCell));

    /// <summary>What keeps it.</summary>
    public AgendaEntry ToHold(string id, Instant until) => new(EntryKind.Hold, StartCell, CellCount, id, Topic, Place, Expires: until) { Home = Home };

    /// <summary>Null when the start is not a minute of the grid.</summary>
    public static WantedSlot? Of(string topic, PlaceId place, LocalDateTime start, int minutes) =>
        DayGrid.IsOnGrid(start.TimeOfDay)
            ? new WantedSlot(topic, place, start.Date, DayGrid.CellOf(start.TimeOfDay), minutes / DayGrid.MinutesPerCell)
            : null;

    /// <summary>Checks what a request says of a slot.</summary>
    /// <param name="home">The INSEE code of the commune, of who is met at home.</param>
    /// <param name="signs">See <see cref="Topic.MinutesFor"/>.</param>
    /// <param name="notice">How long before it a slot may still be taken.</param>
    /// <returns>Null, with what is wrong, when it is no slot.</returns>
    internal static WantedSlot? Check(
        Territory territory,
        string? topic,
        Instant? start,
        string? placeId,
        string? advisorId,
        string? means,
        string? home,
        bool signs,
        TerritoryDirectory directory,
        Duration notice,
        RdvSettings settings,
        Instant now,
        FieldErrors errors)
    {
        if (directory.IsEmpty)
        {
            errors.Add("territory", "Aucun conseiller ne reçoit encore dans ce département.");
            return null;
        }

        var known = Topics.Find(topic);
        if (known is null)
        {
            errors.Add("topic", topic is null ? "Choisissez un sujet." : "Ce sujet n'existe pas.");
        }

        if (placeId is null || !directory.Places.ContainsKey(new PlaceId(placeId)))
        {
            errors.Add("placeId", placeId is null ? "Choisissez un lieu." : "Ce lieu n'existe pas.");
        }

        if (advisorId is not null && !directory.Advisors.ContainsKey(new AdvisorId(advisorId)))
        {
            errors.Add("advisorId", "Ce conseiller n'existe pas.");
        }

        var how = MeansWords.Parse(means);
        if (how is null)
        {
            errors.Add("means", MeansWords.Problem);
        }

        var commune = how == Means.Home ? CheckHome(territory, topic, home, directory, settings, errors) : null;
        StartRules.Check(start, territory, notice, settings, now, errors);
        return errors.Any ? null : StartRules.ToSlot(territory, known!.Id, known.MinutesFor(signs), new PlaceId(placeId!), how!.Value, commune, start!.Value, errors);
    }

    /// <returns>The code of the commune of today; null, with what is wrong, when nobody goes there.</returns>
    private static string? CheckHome(
        Territory territory, string? topic, string? insee, TerritoryDirectory directory, RdvSettings settings, FieldErrors errors)
    {
        if (Communes.Find(insee) is not { } commune)
        {
            errors.Add("home.insee", insee is null ? "Indiquez la commune du domicile." : "Cette commune n'existe pas.");
            return null;
        }

        if (!directory.Rules.IsReached(commune.Insee))
        {
            string[] others = [.. new[] { (Means.Phone, "par téléphone"), (Means.Video, "en vidéo") }
                .Where(other => directory.Advisors.Values.Any(advisor => advisor.Offers(other.Item1, topic ?? "")))
                .Select(other => other.Item2)];
            errors.Add("home.insee", $"Aucun conseiller du département {territory} ne se déplace à domicile jusqu'à {commune.Name}. "
                + $"Vous pouvez prendre rendez-vous {string.Join(" ou ", others.Prepend("sur place"))}, ou appeler le {settings.HotlinePhone}.");
            return null;
        }

        return commune.Insee;
    }

    /// <summary>The day with an appointment in this slot, in the place of the hold that kept it.</summary>
    internal DayAgenda Into(DayAgenda day, Appointment appointment, HoldToken? hold, Instant now) =>
        (hold is null ? day : day.WithoutHold(hold.Id))
            .With(new AgendaEntry(EntryKind.Appointment, StartCell, CellCount, appointment.Reference.Code, Topic, Place, appointment.Version) { Home = Home }, now);

    internal RowWrite Write(Appointment appointment, Candidate candidate, HoldToken? hold, Instant now) => candidate.Month.Write(
        new Dictionary<int, DayAgenda> { [Date.Day] = Into(candidate.Month.Day(Date), appointment, hold, now) }, candidate.Advisor.HoursVersion);
}
