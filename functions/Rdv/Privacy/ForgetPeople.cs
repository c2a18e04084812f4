using NodaTime;
using Rdv.Appointments;
using Rdv.Chores;
using Rdv.Ids;
using Rdv.Transactions;
using Rdv.Waiting;

namespace Rdv.Privacy;

/// <summary>
/// Takes someone off the list who has waited for too long: the list stays short, and no number is kept for nothing. And forgets whose
/// appointment was cancelled, which no day names any more.
/// </summary>
public sealed class ForgetPeople(IWaitingStore waiting, IAppointmentStore appointments, ForgetAppointment forget, IChoreStore chores, Writer writer, IClock clock)
    : IChoreHandler
{
    public string Kind => ChoreKinds.Forget;

    public async Task<bool> RunAsync(Chore chore, CancellationToken cancellationToken) => (await writer.WriteAsync<bool>(
        chore.Subject.Territory,
        async token => await chores.IsPendingAsync(chore, token)
            ? new Decision<bool>.Write([new RowWrite.Delete(chore), .. await RowsAsync(chore.Subject, token)], true)
            : true,
        cancellationToken)).Value;

    private async Task<IReadOnlyList<RowWrite>> RowsAsync(Subject subject, CancellationToken cancellationToken)
    {
        if (subject.Reference is { } reference)
        {
            return await appointments.ReadAsync(reference, cancellationToken) is { Value.Status: AppointmentStatus.Cancelled } stored
                ? await forget.RowsAsync(stored, clock.GetCurrentInstant(), cancellationToken)
                : [];
        }

        return WaitingId.TryFromCode(subject.Territory, subject.Code, out var id) && await waiting.FindAsync(id, cancellationToken) is { Value: var person }
            ? [new RowWrite.Delete(person)]
            : [];
    }
}
