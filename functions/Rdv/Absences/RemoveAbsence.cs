using Rdv.Agenda;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Absences;

/// <summary>Takes an absence back: its time can be booked again. What it had cancelled stays cancelled.</summary>
public sealed class RemoveAbsence(IAbsenceStore absences, IAgendaStore agenda, Writer writer)
{
    /// <returns>The absence as it was.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public Task<Result<Absence>> ExecuteAsync(Territory territory, AbsenceOwner owner, string id, CancellationToken cancellationToken)
    {
        // A deletion bears no id, and the months are written by others: after a lost answer, what is gone was taken back as was asked.
        Absence? asked = null;
        return writer.WriteAsync<Absence>(
            territory,
            async token =>
            {
                if (await absences.FindAsync(territory, owner, id, token) is not { } absence)
                {
                    return asked is null ? new Refusal.NotFound() : asked;
                }

                var months = await Task.WhenAll(absence.Advisors.SelectMany(advisor => Horizon.Months(absence.From.Date, absence.To.Date)
                    .Select(month => agenda.ReadMonthAsync(territory, advisor, month, token))));
                asked = absence;
                return new Decision<Absence>.Write(
                    [.. months.Select(month => Open(month, id)).OfType<RowWrite>(), new RowWrite.Delete(absence)], absence);
            },
            cancellationToken);
    }

    private static RowWrite? Open(StoredMonth month, string id)
    {
        var days = month.Days.Where(day => day.Value.Find(id) is not null).ToDictionary(day => day.Key, day => day.Value.Without(id));
        return days.Count == 0 ? null : month.Write(days, month.HoursVersion);
    }
}
