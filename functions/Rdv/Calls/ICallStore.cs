using NodaTime;
using Rdv.Appointments;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Calls;

/// <summary>Reads the calls to make. They are written by <see cref="Transactions.ITransactions"/> only.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface ICallStore
{
    /// <summary>The open calls of a territory that are due at that instant or before, oldest first: one range query.</summary>
    Task<IReadOnlyList<CallToMake>> ListAsync(Territory territory, Instant until, CancellationToken cancellationToken);

    /// <summary>The calls about a subject that were made, oldest first: one range query.</summary>
    Task<IReadOnlyList<CallLog>> ListMadeAsync(Subject subject, CancellationToken cancellationToken);

    /// <summary>Those about people who waited whose note bears one of the hashes, oldest first for each person: one range query.</summary>
    Task<IReadOnlyList<CallLog>> ListNotesAsync(Territory territory, IReadOnlyCollection<PhoneIndex> people, CancellationToken cancellationToken);

    /// <summary>One point read; null when the call is no longer there.</summary>
    Task<CallToMake?> FindAsync(CallId id, CancellationToken cancellationToken);
}

/// <summary>Names a call wherever it is: <c>69.20261124T090000Z-…</c>.</summary>
public readonly record struct CallId(Territory Territory, string Id)
{
    public static bool TryParse(string? text, out CallId id)
    {
        id = default;
        var dot = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (dot < 0 || text!.Length > 200 || !Territory.TryParse(text[..dot], out var territory)
            || !text[(dot + 1)..].All(character => char.IsAsciiLetterOrDigit(character) || character == '-'))
        {
            return false;
        }

        id = new CallId(territory, text[(dot + 1)..]);
        return true;
    }

    public override string ToString() => $"{Territory.Code}.{Id}";
}
