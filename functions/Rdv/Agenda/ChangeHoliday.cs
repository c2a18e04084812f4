using NodaTime;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Agenda;

public sealed record HolidayChanged(LocalDate Date, bool IsOpen);

/// <summary>Says that a structure works on a public holiday, or not after all.</summary>
public sealed class ChangeHoliday(RewriteStructure rewrite, RdvSettings settings, IClock clock)
{
    /// <summary>The advisors of one transaction: a holiday touches one month of each.</summary>
    public const int AdvisorsAtOnce = (ITransactions.MaxDirectoryRows - 2) / 2;

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<HolidayChanged>> ExecuteAsync(
        Territory territory, StructureId id, LocalDate date, bool open, CancellationToken cancellationToken)
    {
        if (!PublicHolidays.Contains(territory, date))
        {
            return new Refusal.Invalid("date", "Ce jour n'est pas férié dans ce département.");
        }

        var now = clock.GetCurrentInstant();
        var today = now.InZone(territory.Zone).Date;
        IReadOnlyList<YearMonth> months = date < today || date > today.PlusDays(settings.HorizonDays) ? [] : [date.ToYearMonth()];
        var rewritten = await rewrite.ExecuteAsync(territory, id, structure => Changed(structure, date, open), months, cancellationToken, advisors => open
            ? new OpenedHours(advisors, [new OpenedTime(date, 0, DayGrid.Cells)]).ToChore(OpenedHours.SubjectOf(territory, $"{id} {date}"), version: 0, now)
            : null);
        return rewritten.Map(_ => new HolidayChanged(date, open));
    }

    private static Structure? Changed(Structure structure, LocalDate date, bool open)
    {
        var worked = (structure.WorkedHolidays ?? []).Where(day => day != date);
        return structure.WorksOn(date) == open ? null : structure with { WorkedHolidays = [.. (open ? worked.Append(date) : worked).Order()] };
    }
}
