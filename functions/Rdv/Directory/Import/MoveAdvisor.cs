using NodaTime;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Directory.Import;

/// <summary>
/// Takes an advisor to another territory, which is another partition: no transaction holds both. They are never offered in two, and never
/// in the new one at a time that is still taken in the old one (docs/adr/0011).
/// </summary>
internal sealed class MoveAdvisor(IDirectoryStore store, WriteDirectory write, IImportAgenda agenda)
{
    /// <summary>Left before they came: the advisor stands in the new territory, and the old one is not closed yet.</summary>
    private static readonly LocalDate NotYet = new(2000, 1, 1);

    public static bool IsUnderWay(Advisor? advisor) => advisor?.LeavesOn == NotYet;

    /// <param name="arriving">As they are to be in the new territory.</param>
    /// <remarks>Begun again after a crash, it goes on where it was. Who is already offered in the new territory stays as they are there.</remarks>
    public async Task ExecuteAsync(Territory from, Territory to, Advisor arriving, CancellationToken cancellationToken)
    {
        await write.ExecuteAsync(
            to,
            [arriving],
            async (advisor, token) => await store.FindAdvisorAsync(to, advisor.Id, token) is { } stored
                ? stored.Value.LeavesOn is null || IsUnderWay(stored.Value) ? null : new RowWrite.Replace(advisor with { LeavesOn = NotYet, HoursVersion = stored.Value.HoursVersion, Since = stored.Value.Since }, stored.ETag)
                : new RowWrite.Insert(advisor with { LeavesOn = NotYet }),
            cancellationToken);
        var last = await agenda.LeaveAsync(from, arriving.Id, cancellationToken);
        await agenda.RewriteAsync(
            to,
            arriving.Id,
            advisor => IsUnderWay(advisor) ? arriving with { LeavesOn = null, Hours = After(arriving.Hours, last), Since = advisor.Since } : null,
            cancellationToken);
    }

    /// <summary>Hours that begin on the day after.</summary>
    private static IReadOnlyList<OpeningHours> After(IReadOnlyList<OpeningHours> hours, LocalDate? last) => last is not { } day
        ? hours
        : [.. hours.Select(period => period with { StartsOn = FirstOf(period, day.PlusDays(1)) }).Where(period => !(period.EndsOn < period.StartsOn))];

    /// <summary>Every other week stays the same weeks.</summary>
    private static LocalDate FirstOf(OpeningHours period, LocalDate day)
    {
        if (period.StartsOn is not { } start || start >= day)
        {
            return period.StartsOn ?? day;
        }

        var weeks = Period.DaysBetween(Monday(start), Monday(day)) / 7 % Math.Max(1, period.EveryWeeks);
        return weeks == 0 ? day : Monday(day).PlusDays(7 * (period.EveryWeeks - weeks));
    }

    private static LocalDate Monday(LocalDate day) => day.PlusDays(1 - (int)day.DayOfWeek);
}
