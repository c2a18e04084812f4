using NodaTime;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Agenda;

/// <param name="Outside">Appointments to come that the new hours do not hold any more. They stay.</param>
public sealed record HoursChanged(int Version, IReadOnlyList<AppointmentReference> Outside);

/// <summary>Changes an advisor's opening hours. What is booked outside the new ones is listed, never dropped.</summary>
public sealed class ChangeOpeningHours(RewriteAdvisor rewrite, ITerritoryDirectories directories, IClock clock)
{
    public const int MaxPeriods = 60;

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<HoursChanged>> ExecuteAsync(
        Territory territory, AdvisorId id, IReadOnlyList<OpeningHours> hours, CancellationToken cancellationToken, AdvisorChange? how = null)
    {
        var directory = await directories.GetAsync(territory, cancellationToken);
        var errors = Check(hours, directory);
        if (errors.Any)
        {
            return new Refusal.Invalid(errors);
        }

        if (OpeningHoursRules.Overlaps(hours) is var (first, second))
        {
            return new Refusal.Overlap($"{OpeningHoursText.Print([first])} et {OpeningHoursText.Print([second])} couvrent le même moment.");
        }

        var rewritten = await rewrite.ExecuteAsync(
            territory, id, advisor => DirectoryEquality.AreEqual(advisor.Hours, hours) ? null : advisor with { Hours = hours }, how ?? new AdvisorChange(), cancellationToken);
        return rewritten.Map(done => new HoursChanged(done.Advisor.HoursVersion, Outside(territory, done.Advisor, directory, done.Months)));
    }

    /// <summary>Gives a colleague of the same structure the hours of an advisor, places included.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<HoursChanged>> CopyAsync(
        Territory territory, AdvisorId from, string? to, CancellationToken cancellationToken, AdvisorChange? how = null)
    {
        // As stored: the hours may have been changed elsewhere a moment ago.
        var directory = await directories.ReloadAsync(territory, cancellationToken);
        return !directory.Advisors.TryGetValue(from, out var source) ? new Refusal.NotFound()
            : to is null || !directory.Advisors.TryGetValue(new AdvisorId(to), out var target) ? new Refusal.Invalid("to", "Ce conseiller n'existe pas.")
            : target.Id == source.Id ? new Refusal.Invalid("to", "Choisissez un autre conseiller : ces heures sont déjà les siennes.")
            : target.StructureId != source.StructureId ? new Refusal.Invalid("to", "Ce conseiller est d'une autre structure.")
            : await ExecuteAsync(territory, target.Id, source.Hours, cancellationToken, how);
    }

    /// <summary>Gives one week of an advisor the hours of another, before and after which nothing changes.</summary>
    /// <param name="week">A day of the week that changes; not of one that is over.</param>
    /// <param name="like">A day of the week whose hours it gets.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<HoursChanged>> CopyWeekAsync(
        Territory territory, AdvisorId id, LocalDate? week, LocalDate? like, CancellationToken cancellationToken, AdvisorChange? how = null)
    {
        var errors = new FieldErrors();
        var today = clock.GetCurrentInstant().InZone(territory.Zone).Date;
        if (MondayOf(week) is not { } monday || monday.PlusDays(6) < today || monday > today.PlusYears(2))
        {
            errors.Add("week", "Choisissez une semaine qui n'est pas passée, dans les deux ans.");
        }

        if (MondayOf(like) is not { } source || source < today.PlusYears(-1) || source > today.PlusYears(2))
        {
            errors.Add("like", "Choisissez la semaine dont vous voulez les heures.");
        }
        else if (MondayOf(week) == source)
        {
            errors.Add("like", "Choisissez une autre semaine : celle-ci a déjà ces heures.");
        }

        // As stored: the hours may have been changed elsewhere a moment ago.
        return errors.Any ? new Refusal.Invalid(errors)
            : !(await directories.ReloadAsync(territory, cancellationToken)).Advisors.TryGetValue(id, out var advisor) ? new Refusal.NotFound()
            : await ExecuteAsync(
                territory,
                id,
                SpecialWeek.Copy(advisor.Hours, MondayOf(week)!.Value, MondayOf(like)!.Value),
                cancellationToken,
                (how ?? new AdvisorChange()) with { Version = how?.Version ?? advisor.HoursVersion });
    }

    private static LocalDate? MondayOf(LocalDate? date) => date is { Year: > 2000 and < 3000 } day ? day.PlusDays(1 - (int)day.DayOfWeek) : null;

    private static FieldErrors Check(IReadOnlyList<OpeningHours> hours, TerritoryDirectory directory)
    {
        var errors = new FieldErrors();
        if (hours.Count > MaxPeriods)
        {
            errors.Add("body", $"Indiquez {MaxPeriods} périodes au plus.");
        }

        for (var i = 0; i < hours.Count; i++)
        {
            if (OpeningHoursRules.ProblemOf(hours[i]) is { } problem)
            {
                errors.Add($"[{i}]", problem);
            }

            if (!directory.Places.ContainsKey(hours[i].PlaceId))
            {
                errors.Add($"[{i}].placeId", "Ce lieu n'existe pas dans ce département.");
            }

            foreach (var topic in hours[i].Topics ?? [])
            {
                if (Topics.Find(topic) is null)
                {
                    errors.Add($"[{i}].topics", $"Le sujet {topic} n'existe pas.");
                }
            }
        }

        return errors;
    }

    private List<AppointmentReference> Outside(
        Territory territory, Advisor advisor, TerritoryDirectory directory, IReadOnlyList<AgendaMonth> months)
    {
        var today = clock.GetCurrentInstant().InZone(territory.Zone).Date;
        var rules = new AdvisorRules(advisor, directory.Structures.GetValueOrDefault(advisor.StructureId));
        return [.. months
            .SelectMany(month => month.Days.Select(day => (Date: month.Month.OnDayOfMonth(day.Key), day.Value.Entries)))
            .Where(day => day.Date >= today)
            .SelectMany(day => day.Entries
                .Where(entry => entry.Kind == EntryKind.Appointment && !Holds(rules, day.Date, entry))
                .Select(entry => entry.ReferenceIn(territory)))
            .OfType<AppointmentReference>()];
    }

    private static bool Holds(AdvisorRules rules, LocalDate date, AgendaEntry entry)
    {
        foreach (var period in rules.On(date.DayOfWeek))
        {
            if (period.PlaceId == entry.PlaceId && period.Hours.HoldsOn(date) && period.Open.ContainsAll(entry.Grid)
                && (entry.Topic is null || period.Allows(entry.Topic)))
            {
                return true;
            }
        }

        return false;
    }
}
