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
