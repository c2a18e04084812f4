using Rdv.Agenda;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Absences;

/// <summary>Takes an absence back: its time can be booked again. What it had cancelled stays cancelled.</summary>
public sealed class RemoveAbsence(IAbsenceStore absences, IAgendaStore agenda, Writer writer)
{
    /// <returns>The absence as it was.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public Task<Result<Absence>> ExecuteAsync(Territory territory, AbsenceOwner owner, string id, CancellationToken cancellationToken) =>
        writer.WriteAsync<Absence>(
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
                return new Decision<Absence>.Write(
                    [new RowWrite.Replace(absence with { IsTakenBack = true }, etag), .. months.Select(month => Open(month, id)).OfType<RowWrite>()], absence);
            },
            cancellationToken);

    private static RowWrite? Open(StoredMonth month, string id)
    {
        var days = month.Days.Where(day => day.Value.Find(id) is not null).ToDictionary(day => day.Key, day => day.Value.Without(id));
        return days.Count == 0 ? null : month.Write(days, month.HoursVersion);
    }
}
