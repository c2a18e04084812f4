using NodaTime;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Hotline;

public enum CallOutcome
{
    Reached,
    NoAnswer,
    Done,
}

public abstract record FinishCallOutcome
{
    private FinishCallOutcome()
    {
    }

    /// <param name="Next">The call that comes back later; null when it is finished.</param>
    public sealed record Finished(CallToMake? Next) : FinishCallOutcome;

    public sealed record NotFound : FinishCallOutcome;

    public sealed record Invalid(FieldErrors Errors) : FinishCallOutcome;

    public sealed record Busy : FinishCallOutcome;
}

/// <summary>Says what came of a call. One that nobody answered comes back later.</summary>
public sealed class FinishCall(ICallStore calls, IEnumerable<ICallSubjects> subjects, ITransactions transactions, IClock clock)
{
    /// <summary>Long enough for someone to have come home.</summary>
    public static readonly Duration CallAgainAfter = Duration.FromHours(2);

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<FinishCallOutcome> ExecuteAsync(CallId id, CallOutcome outcome, string? note, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var checkedNote = PeopleForm.CheckText(note, "note", PeopleForm.MaxText, errors);
        if (errors.Any)
        {
            return new FinishCallOutcome.Invalid(errors);
        }

        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            if (await calls.FindAsync(id, cancellationToken) is not { } call)
            {
                // Gone on a later try: our own answer was lost, and it was done.
                return attempt == 1 ? new FinishCallOutcome.NotFound() : new FinishCallOutcome.Finished(null);
            }

            var now = clock.GetCurrentInstant();
            CallToMake? next = outcome == CallOutcome.NoAnswer
                ? CallToMake.Of(call.Subject, call.Reason, call.Kind, now + CallAgainAfter, call.Version, call.Attempts + 1)
                : null;
            List<RowWrite> writes =
            [
                new RowWrite.Delete(call),
                new RowWrite.Put(new CallLog(call.Subject, now, call.Reason, outcome, checkedNote)),
                .. await subjects.Single(candidate => candidate.About == call.Subject.Kind).EndAsync(call, outcome, cancellationToken),
            ];
            if (next is not null)
            {
                writes.Add(new RowWrite.Put(next));
            }

            if (await transactions.CommitAsync(id.Territory, writes, cancellationToken) == CommitOutcome.Committed)
            {
                return new FinishCallOutcome.Finished(next);
            }

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        return new FinishCallOutcome.Busy();
    }
}
