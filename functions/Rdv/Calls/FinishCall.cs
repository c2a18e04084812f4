using NodaTime;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Calls;

public enum CallOutcome
{
    Reached,
    NoAnswer,
    Done,
}

/// <param name="Next">The call that comes back later; null when it is finished.</param>
public sealed record FinishedCall(CallToMake? Next);

/// <summary>Says what came of a call. One that nobody answered comes back later.</summary>
public sealed class FinishCall(ICallStore calls, IEnumerable<ICallSubjects> subjects, Writer writer, RdvSettings settings, IClock clock)
{
    /// <summary>Long enough for someone to have come home.</summary>
    public static readonly Duration CallAgainAfter = Duration.FromHours(2);

    /// <summary>So many calls that nobody answered are enough: two days of them.</summary>
    public const int MaxAttempts = 8;

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<FinishedCall>> ExecuteAsync(CallId id, CallOutcome outcome, string? note, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var checkedNote = PeopleForm.CheckText(note, "note", PeopleForm.MaxText, errors);
        if (errors.Any)
        {
            return new Refusal.Invalid(errors);
        }

        return await writer.WriteAsync<FinishedCall>(
            id.Territory,
            async token =>
            {
                if (await calls.FindAsync(id, token) is not { } call)
                {
                    return new Refusal.NotFound();
                }

                var now = clock.GetCurrentInstant();
                var next = outcome == CallOutcome.NoAnswer && call.Attempts + 1 < MaxAttempts ? call.Again(now + CallAgainAfter) : null;
                var end = await subjects.Single(candidate => candidate.About == call.Subject.Kind).EndAsync(call, outcome, token);
                var kept = end.KeepsNote ? checkedNote : null;
                var log = new CallLog(call.Subject, now, call.Reason, outcome, kept) { Person = kept is null ? null : end.Person };
                return new Decision<FinishedCall>.Write(
                    [
                        new RowWrite.Delete(call),
                        new RowWrite.Put(log),
                        .. kept is null ? [] : (RowWrite[])[new RowWrite.Put(NoteChore.Of(log, now + Duration.FromDays(settings.PrivacyDays)))],
                        .. end.Rows,
                        .. next is null ? [] : (RowWrite[])[new RowWrite.Put(next)],
                    ],
                    new FinishedCall(next));
            },
            cancellationToken);
    }
}
