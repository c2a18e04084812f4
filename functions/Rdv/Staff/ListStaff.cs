using Rdv.People;

namespace Rdv.Staff;

/// <summary>Reads the staff directory for those who manage it: one query.</summary>
public sealed class ListStaff(IStaffStore store)
{
    /// <param name="query">Words of a name, a part of an address or of a role; null for all.</param>
    /// <returns>By name.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<IReadOnlyList<Stored<StaffPerson>>> ExecuteAsync(string? query, CancellationToken cancellationToken)
    {
        var asked = query?.Trim() ?? "";
        return [.. (await store.ListAsync(cancellationToken))
            .Where(stored => asked.Length == 0 || Matches(stored.Value, asked))
            .OrderBy(stored => stored.Value.Name, StringComparer.InvariantCultureIgnoreCase)];
    }

    private static bool Matches(StaffPerson person, string asked) =>
        Spelling.Matches(person.Name, asked)
        || person.Address.Contains(asked, StringComparison.OrdinalIgnoreCase)
        || person.Grants.Any(grant => grant.Role.ToString().Contains(asked, StringComparison.OrdinalIgnoreCase));
}
