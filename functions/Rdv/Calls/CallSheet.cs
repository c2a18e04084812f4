using Rdv.Ids;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Calls;

/// <summary>A call with what is needed to make it.</summary>
/// <param name="Sentence">To be read aloud.</param>
public sealed record CallSheet(CallToMake Call, string Name, PhoneNumber Phone, string Sentence)
{
    public CallId Id => new(Call.Subject.Territory, Call.Id);

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => Id.ToString();
}

/// <summary>Reads what calls of one kind are about, when they are to be made.</summary>
public interface ICallSubjects
{
    SubjectKind About { get; }

    /// <returns>Null for a call that time has overtaken.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    Task<CallSheet?> SheetAsync(CallToMake call, CancellationToken cancellationToken);

    /// <summary>What else is to be written, in the same transaction, when the call has ended so; and how its note is found.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    Task<CallEnd> EndAsync(CallToMake call, CallOutcome outcome, CancellationToken cancellationToken) => Task.FromResult(new CallEnd([]));
}
