using NodaTime;
using NodaTime.Text;
using Rdv.Chores;

namespace Rdv.Calls;

/// <summary>What takes the note of a call away: an operator may have written a name into it.</summary>
/// <param name="At">Of the call, UTC.</param>
internal sealed record NoteChore(string At, string Reason, string Outcome)
{
    public static Chore Of(CallLog log, Instant dueAt) => Chore.With(
        log.Subject, ChoreKinds.Note, dueAt, version: 0, new NoteChore(InstantPattern.ExtendedIso.Format(log.At), log.Reason, log.Outcome.ToString()));

    /// <summary>The call without its note.</summary>
    public static CallLog LogOf(Chore chore)
    {
        var (at, reason, outcome) = chore.Read<NoteChore>();
        return new CallLog(chore.Subject, InstantPattern.ExtendedIso.Parse(at).Value, reason, Enum.Parse<CallOutcome>(outcome), Note: null);
    }
}
