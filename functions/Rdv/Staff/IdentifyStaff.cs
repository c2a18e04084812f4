using System.Collections.Concurrent;
using NodaTime;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Staff;

/// <summary>An account, as an identity provider vouches for it.</summary>
/// <param name="Address">Null when there is none, or nobody vouches for it.</param>
/// <param name="IsAddressDoubtful">There is one for which nobody vouches.</param>
public sealed record SignedInAccount(SignInCode Code, string Provider, string? Address, bool IsAddressDoubtful)
{
    public override string ToString() => Code.ToString();
}

public enum StaffMatch
{
    Known,

    /// <summary>Neither the account nor its address is in the directory.</summary>
    Unknown,

    /// <summary>The account is not in the directory, and nobody vouches for its address.</summary>
    Unverified,

    /// <summary>The address is in the directory, and bound to another account.</summary>
    AnotherAccount,
}

/// <param name="Person">Null unless the account is known.</param>
public sealed record StaffFound(StaffMatch Match, StaffPerson? Person = null);

/// <summary>
/// Finds who of the staff has signed in: by the account, and the first time by its verified address, which binds the account from then on
/// (docs/adr/0024).
/// </summary>
public sealed class IdentifyStaff(IStaffStore store, Writer writer, IClock clock)
{
    /// <summary>So long what was found is believed without asking again: a role that was taken away ends by then, on every instance.</summary>
    public static readonly Duration Memory = Duration.FromSeconds(10);

    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<SignInCode, (StaffFound Found, Instant At)> _remembered = new();

    /// <summary>Two point reads for who is known, nothing when it was asked a moment ago.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer: nobody knows who it is.</exception>
    public async ValueTask<StaffFound> ExecuteAsync(SignedInAccount account, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        if (_remembered.TryGetValue(account.Code, out var remembered) && now - remembered.At is { } age && age >= Duration.Zero && age < Memory)
        {
            return remembered.Found;
        }

        var found = (await writer.WriteAsync(Territory.None, token => DecideAsync(account, token), cancellationToken)).Value;
        if (_remembered.Count >= MostRemembered)
        {
            _remembered.Clear();
        }

        _remembered[account.Code] = (found, now);
        return found;
    }

    /// <summary>The roles of who was found, that have begun and are not over.</summary>
    public IEnumerable<StaffRole> RolesNow(StaffFound found) => found.Person?.RolesAt(clock.GetCurrentInstant()) ?? [];

    /// <summary>What this process has changed holds at once.</summary>
    internal void Forget() => _remembered.Clear();

    private async Task<Decision<StaffFound>> DecideAsync(SignedInAccount account, CancellationToken cancellationToken)
    {
        if (await store.FindOwnerAsync(account.Code, cancellationToken) is { } owner)
        {
            return (await store.FindAsync(owner, cancellationToken))?.Value is { } known && known.Account?.Code == account.Code
                ? new StaffFound(StaffMatch.Known, known)
                : new Decision<StaffFound>.ReadAgain();
        }

        if (account.Address is null || await store.FindOwnerAsync(account.Address, cancellationToken) is not { } id)
        {
            return new StaffFound(account.IsAddressDoubtful ? StaffMatch.Unverified : StaffMatch.Unknown);
        }

        if (await store.FindAsync(id, cancellationToken) is not { Value: var person, ETag: var etag } || person.Address != account.Address)
        {
            return new Decision<StaffFound>.ReadAgain();
        }

        var now = clock.GetCurrentInstant();
        var bound = new StaffAccount(account.Code, account.Provider, now);
        if (person.Account is { } other)
        {
            // Bound by another request of the same sign-in, since we looked.
            if (other.Code == account.Code)
            {
                return new StaffFound(StaffMatch.Known, person);
            }

            var refused = new StaffFound(StaffMatch.AnotherAccount);
            return person.Refused?.Code == account.Code
                ? refused
                : new Decision<StaffFound>.Write([new RowWrite.Replace(person with { Refused = bound }, etag)], refused);
        }

        // Whose roles are over has nothing to sign in to.
        if (!person.RolesAt(now).Any())
        {
            return new StaffFound(StaffMatch.Known, person);
        }

        var first = person with { Account = bound, Refused = null };
        return new Decision<StaffFound>.Write(
            [new RowWrite.Insert(new StaffAccountOwner(account.Code, id)), new RowWrite.Replace(first, etag)], new StaffFound(StaffMatch.Known, first));
    }
}
