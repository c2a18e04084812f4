using Rdv.Agenda;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Absences;

public enum RemoveAbsenceOutcome
{
    Removed,
    NotFound,
    Busy,
}

/// <summary>Takes an absence back: its time can be booked again. What it had cancelled stays cancelled.</summary>
public sealed class RemoveAbsence(IAbsenceStore absences, IAgendaStore agenda, ITransactions transactions)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<RemoveAbsenceOutcome> ExecuteAsync(Territory territory, AbsenceOwner owner, string id, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            if (await absences.FindAsync(territory, owner, id, cancellationToken) is not { } absence)
            {
                return attempt == 1 ? RemoveAbsenceOutcome.NotFound : RemoveAbsenceOutcome.Removed;
            }

            var months = await Task.WhenAll(absence.Advisors.SelectMany(
                advisor => Horizon.Months(absence.From.Date, absence.To.Date).Select(month => agenda.ReadMonthAsync(territory, advisor, month, cancellationToken))));
            var outcome = await transactions.CommitAsync(
                territory,
                [.. months.Select(month => Open(month, id)).OfType<RowWrite>(), new RowWrite.Delete(absence)],
                cancellationToken);
            if (outcome == CommitOutcome.Committed)
            {
                return RemoveAbsenceOutcome.Removed;
            }

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        return RemoveAbsenceOutcome.Busy;
    }

    private static RowWrite? Open(AgendaMonth month, string id)
    {
        var days = month.Days.Where(day => day.Value.Find(id) is not null).ToDictionary(day => day.Key, day => day.Value.Without(id));
        return days.Count == 0 ? null : month.Write(days, month.HoursVersion);
    }
}
