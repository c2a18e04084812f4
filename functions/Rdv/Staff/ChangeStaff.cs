using NodaTime;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Staff;

/// <param name="IsRepeated">The same request had added them before.</param>
public sealed record StaffChanged(StaffPerson Person, bool IsRepeated = false);

/// <summary>Adds, changes, ends and removes people of the staff directory, and binds their accounts.</summary>
/// <remarks>Every member throws what <see cref="Writer.WriteAsync"/> throws.</remarks>
public sealed class ChangeStaff(IStaffStore store, ITerritoryDirectories directories, IdentifyStaff identify, Writer writer, IClock clock)
{
    internal const string LastAdmin = "C'est la dernière personne qui gère l'équipe : donnez d'abord ce rôle à quelqu'un d'autre.";

    public Task<Result<StaffChanged>> AddAsync(StaffForm form, RequestIdentity identity, CancellationToken cancellationToken) =>
        CheckedAsync(form, StaffId.Of(identity), person => WriteAsync<StaffChanged>(
            async token =>
            {
                if (await store.FindAsync(person.Id, token) is { Value: var there })
                {
                    return there.RequestHash == identity.Hash ? new StaffChanged(there, IsRepeated: true) : new Refusal.IdempotencyMismatch();
                }

                return await store.FindOwnerAsync(person.Address, token) is not null
                    ? TakenAddress()
                    : Write(person with { RequestHash = identity.Hash }, [new RowWrite.Insert(new StaffAddressOwner(person.Address, person.Id))], etag: null);
            },
            cancellationToken), cancellationToken);

    /// <param name="version">The ETag that was read, with or without <c>W/</c>; null for whatever is there.</param>
    /// <param name="by">Who changes it, when they are in the directory themselves.</param>
    public Task<Result<StaffChanged>> ReplaceAsync(StaffId id, StaffForm form, string? version, StaffId? by, CancellationToken cancellationToken) =>
        CheckedAsync(form, id, wanted => WriteAsync<StaffChanged>(
            async token =>
            {
                if (await store.FindAsync(id, token) is not { Value: var before, ETag: var etag })
                {
                    return new Refusal.NotFound();
                }

                if (version is not null && version.TrimStart('W', '/') != etag.TrimStart('W', '/'))
                {
                    return new Refusal.Stale();
                }

                var after = before with { Name = wanted.Name, Address = wanted.Address, Grants = wanted.Grants };
                if (after.IsLike(before))
                {
                    return new StaffChanged(before);
                }

                var rows = new List<RowWrite>();
                if (after.Address != before.Address)
                {
                    if (await store.FindOwnerAsync(after.Address, token) is not null)
                    {
                        return TakenAddress();
                    }

                    // The account stays bound: whoever has it is the same person with another address.
                    rows.Add(new RowWrite.Delete(new StaffAddressOwner(before.Address, id)));
                    rows.Add(new RowWrite.Insert(new StaffAddressOwner(after.Address, id)));
                }

                return await LosesAdminAsync([(before, after)], by, rows, token) is { } refusal ? refusal : Write(after, rows, etag);
            },
            cancellationToken), cancellationToken);

    /// <summary>Every role that holds today, or would later, has ended yesterday.</summary>
    /// <param name="by">Who ends them, when they are in the directory themselves.</param>
    public Task<Result<StaffChanged>> EndAsync(StaffId id, StaffId? by, CancellationToken cancellationToken) => WriteAsync<StaffChanged>(
        async token =>
        {
            if (await store.FindAsync(id, token) is not { Value: var before, ETag: var etag })
            {
                return new Refusal.NotFound();
            }

            var now = clock.GetCurrentInstant();
            var after = before with { Grants = [.. before.Grants.Select(grant => Ended(grant, now)).OfType<StaffGrant>()] };
            var rows = new List<RowWrite>();
            return after.IsLike(before) ? new StaffChanged(before)
                : await LosesAdminAsync([(before, after)], by, rows, token) is { } refusal ? refusal
                : Write(after, rows, etag);
        },
        cancellationToken);

    /// <summary>Nothing of them is left but their id in what they have done.</summary>
    /// <param name="by">Who removes them, when they are in the directory themselves.</param>
    public Task<Result<StaffChanged>> RemoveAsync(StaffId id, StaffId? by, CancellationToken cancellationToken) => WriteAsync<StaffChanged>(
        async token =>
        {
            if (await store.FindAsync(id, token) is not { Value: var before, ETag: var etag })
            {
                return new Refusal.NotFound();
            }

            List<RowWrite> rows = [new RowWrite.Delete(before, etag), new RowWrite.Delete(new StaffAddressOwner(before.Address, id))];
            if (before.Account is { } account)
            {
                rows.Add(new RowWrite.Delete(new StaffAccountOwner(account.Code, id)));
            }

            return await LosesAdminAsync([(before, null)], by, rows, token) is { } refusal
                ? refusal
                : new Decision<StaffChanged>.Write(rows, new StaffChanged(before));
        },
        cancellationToken);

    /// <summary>Binds an account by its code, in the place of the one that was bound; or none, so that the next sign-in with the address binds.</summary>
    /// <param name="code">Null to unbind.</param>
    public Task<Result<StaffChanged>> BindAsync(StaffId id, SignInCode? code, CancellationToken cancellationToken) => WriteAsync<StaffChanged>(
        async token =>
        {
            if (await store.FindAsync(id, token) is not { Value: var before, ETag: var etag })
            {
                return new Refusal.NotFound();
            }

            if (before.Account?.Code == code)
            {
                return new StaffChanged(before);
            }

            var rows = new List<RowWrite>();
            if (before.Account is { } old)
            {
                rows.Add(new RowWrite.Delete(new StaffAccountOwner(old.Code, id)));
            }

            if (code is { } bound)
            {
                if (await store.FindOwnerAsync(bound, token) is not null)
                {
                    return new Refusal.Invalid("code", "Ce code est déjà celui d'une autre personne de l'équipe.");
                }

                rows.Add(new RowWrite.Insert(new StaffAccountOwner(bound, id)));
            }

            var provider = before.Refused is { } refused && refused.Code == code ? refused.Provider : "";
            var account = code is { } now ? new StaffAccount(now, provider, clock.GetCurrentInstant()) : null;
            return Write(before with { Account = account, Refused = null }, rows, etag);
        },
        cancellationToken);

    /// <summary>
    /// Takes care that somebody is left who can give roles: nobody of the directory takes the last administrator away, themself included. Who is an
    /// administrator by the platform alone is left in any case.
    /// </summary>
    /// <param name="changes">Who is written in one transaction; nobody after when they are removed.</param>
    /// <param name="rows">Takes what has to be written with them.</param>
    internal async Task<Refusal?> LosesAdminAsync(
        IReadOnlyList<(StaffPerson Before, StaffPerson? After)> changes, StaffId? by, List<RowWrite> rows, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        if (!changes.Any(change => change.Before.IsAdminAt(now) && change.After?.IsAdminAt(now) != true))
        {
            return null;
        }

        // Before the list: of two administrators who remove each other, the second writes on what is no longer so.
        var version = await store.ReadAdminsAsync(cancellationToken);
        var after = changes.ToDictionary(change => change.Before.Id, change => change.After);
        var left = (await store.ListAsync(cancellationToken)).Select(stored => after.GetValueOrDefault(stored.Value.Id, stored.Value));
        if (by is not null && !left.Any(person => person?.IsAdminAt(now) == true))
        {
            return new Refusal.Invalid("roles", LastAdmin);
        }

        rows.Add(version is null ? new RowWrite.Insert(new StaffAdmins()) : new RowWrite.Replace(new StaffAdmins(), version));
        return null;
    }

    /// <summary>Null for a role that has not begun by yesterday: it never was.</summary>
    private static StaffGrant? Ended(StaffGrant grant, Instant now)
    {
        var yesterday = now.InZone(grant.Role.Zone).Date.PlusDays(-1);
        return grant.To <= yesterday ? grant : grant.From > yesterday ? null : grant with { To = yesterday };
    }

    private static Refusal.Invalid TakenAddress() => new("address", "Cette adresse électronique est déjà celle d'une autre personne de l'équipe.");

    private static Decision<StaffChanged>.Write Write(StaffPerson person, IEnumerable<RowWrite> more, string? etag) =>
        new([etag is null ? new RowWrite.Insert(person) : new RowWrite.Replace(person, etag), .. more], new StaffChanged(person));

    internal async Task<Result<T>> WriteAsync<T>(Func<CancellationToken, Task<Decision<T>>> decide, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.WriteAsync(Territory.None, decide, cancellationToken);
        }
        finally
        {
            identify.Forget();
        }
    }

    private async Task<Result<StaffChanged>> CheckedAsync(
        StaffForm form, StaffId id, Func<StaffPerson, Task<Result<StaffChanged>>> write, CancellationToken cancellationToken) =>
        await form.Read(id).ThenAsync<StaffChanged>(async person =>
        {
            var errors = new FieldErrors();
            for (var i = 0; i < person.Grants.Count; i++)
            {
                if (person.Grants[i].Role is { Territory: { } territory } role
                    && StaffPlaces.ProblemOf(role, await directories.GetAsync(territory, cancellationToken)) is { } problem)
                {
                    errors.Add($"roles[{i}].role", problem);
                }
            }

            return errors.Any ? new Refusal.Invalid(errors) : await write(person);
        });
}
