using NodaTime;
using Rdv.Agenda;
using Rdv.Chores;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Absences;

/// <summary>Takes an absence back: its time can be booked again. What it had cancelled stays cancelled.</summary>
public sealed class RemoveAbsence(
    IAbsenceStore absences, IAgendaStore agenda, Writer writer, IEnumerable<IChoreHandler> handlers, RdvSettings settings, IClock clock)
{
    /// <returns>The absence as it was.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<Absence>> ExecuteAsync(Territory territory, AbsenceOwner owner, string id, CancellationToken cancellationToken)
    {
        var written = await writer.WriteAsync<Written>(
            territory,
            async token =>
            {
                if (await absences.FindAsync(territory, owner, id, token) is not { Value: { IsTakenBack: false } absence, ETag: var etag })
                {
                    return new Refusal.NotFound();
                }

                var months = await Task.WhenAll(absence.Advisors.SelectMany(advisor => Horizon.Months(absence.From.Date, absence.To.Date)
                    .Select(month => agenda.ReadMonthAsync(territory, advisor, month, token))));

                // The absence comes first: of these rows nobody else writes it, so that this write is recognised by it.
                var opened = Opened(absence);
                return new Decision<Written>.Write(
                    [
                        new RowWrite.Replace(absence with { IsTakenBack = true }, etag),
                        .. months.Select(month => Open(month, id)).OfType<RowWrite>(),
                        .. OpenedHours.Rows(opened),
                    ],
                    new Written(absence, opened));
            },
            cancellationToken);
        if (written.Succeeded(out var done) && done.Opened is { } chore)
        {
            await handlers.RunNowAsync(chore, cancellationToken);
        }

        return written.Map(value => value.Absence);
    }

    private Chore? Opened(Absence absence)
    {
        var now = clock.GetCurrentInstant();
        var today = now.InZone(absence.Territory.Zone).Date;
        return new OpenedHours(absence.Advisors, [.. absence.Days()
            .Where(day => day.Date >= today && day.Date <= today.PlusDays(settings.HorizonDays))
            .Select(day => new OpenedTime(day.Date, day.FromCell, day.ToCell))]).ToChore(new Subject(absence.Territory, absence.Id), version: 0, now);
    }

    private static RowWrite? Open(StoredMonth month, string id)
    {
        var days = month.Days.Where(day => day.Value.Find(id) is not null).ToDictionary(day => day.Key, day => day.Value.Without(id));
        return days.Count == 0 ? null : month.Write(days, month.HoursVersion);
    }

    private sealed record Written(Absence Absence, Chore? Opened);
}
