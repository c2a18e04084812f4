using NodaTime;
using Rdv.Directory;
using Rdv.Directory.Import;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Tests.Directory;

/// <summary>A directory, and the transactions that write it. Nobody else writes to it: every condition but "not there yet" holds.</summary>
internal sealed class InMemoryDirectoryStore : IDirectoryStore, ITransactions, IImportAgenda
{
    private readonly Dictionary<Territory, TerritoryDirectory> _territories = [];

    public int Writes { get; private set; }

    /// <summary>Whose months were touched.</summary>
    public List<AdvisorId> Rewritten { get; } = [];

    public TerritoryDirectory this[string territory] => _territories[Territory.Parse(territory)];

    public WriteDirectory Write => new(this, new Writer(this), new NodaTime.Testing.FakeClock(Instant.FromUtc(2026, 11, 16, 8, 0)));

    public ImportStructures ImportStructures(Func<AdvisorId, Territory, string?>? mailbox = null, int? maxBytes = null) =>
        maxBytes is { } max ? new(this, Write, this, mailbox) { MaxBytes = max } : new(this, Write, this, mailbox);

    public ImportAdvisors ImportAdvisors(int? maxBytes = null) =>
        maxBytes is { } max ? new(this, Write, this) { MaxBytes = max } : new(this, Write, this);

    /// <summary>As the use case does it, without an agenda.</summary>
    public Task RewriteAsync(Territory territory, AdvisorId id, Func<Advisor, Advisor?> change, CancellationToken cancellationToken)
    {
        var before = _territories[territory].Advisors[id];
        Rewritten.Add(id);
        return change(before) is { } changed ? PutAsync(territory, changed with { HoursVersion = before.HoursVersion + 1 }) : Task.CompletedTask;
    }

    /// <summary>What still stands in an agenda.</summary>
    public LocalDate? LastDay { get; set; }

    public async Task<LocalDate?> LeaveAsync(Territory territory, AdvisorId id, CancellationToken cancellationToken)
    {
        await RewriteAsync(territory, id, advisor => advisor with { LeavesOn = new LocalDate(2026, 11, 24) }, cancellationToken);
        return LastDay;
    }

    public Task<TerritoryDirectory> ReadAsync(Territory territory, CancellationToken cancellationToken) =>
        Task.FromResult(_territories.GetValueOrDefault(territory) ?? new TerritoryDirectory(territory, [], [], []));

    public Task<string?> ReadRevisionAsync(Territory territory, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<IReadOnlyList<Territory>> ListTerritoriesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Territory>>([.. _territories.Keys]);

    public async Task<Stored<Advisor>?> FindAdvisorAsync(Territory territory, AdvisorId id, CancellationToken cancellationToken) =>
        (await ReadAsync(territory, cancellationToken)).Advisors.GetValueOrDefault(id) is { } advisor ? new Stored<Advisor>(advisor, "*") : null;

    public async Task<Stored<Structure>?> FindStructureAsync(Territory territory, StructureId id, CancellationToken cancellationToken) =>
        (await ReadAsync(territory, cancellationToken)).Structures.GetValueOrDefault(id) is { } structure ? new Stored<Structure>(structure, "*") : null;

    public Task ListTerritoryAsync(Territory territory, CancellationToken cancellationToken)
    {
        _territories.TryAdd(territory, new TerritoryDirectory(territory, [], [], []));
        return Task.CompletedTask;
    }

    public Task PutAsync(Territory territory, params IRow[] rows) =>
        CommitAsync(territory, [.. rows.Select(row => new RowWrite.Put(row))], "", CancellationToken.None);

    public async Task<CommitOutcome> CommitAsync(Territory territory, IReadOnlyList<RowWrite> writes, string writeId, CancellationToken cancellationToken)
    {
        Writes++;
        var before = await ReadAsync(territory, cancellationToken);
        var rows = writes.Select(write => write.Row).ToList();
        _territories[territory] = new TerritoryDirectory(
            territory,
            rows.OfType<Structure>().Concat(before.Structures.Values).DistinctBy(structure => structure.Id),
            rows.OfType<Place>().Concat(before.Places.Values).DistinctBy(place => place.Id),
            rows.OfType<Advisor>().Concat(before.Advisors.Values).DistinctBy(advisor => advisor.Id));
        return CommitOutcome.Committed;
    }

    public Task<bool> IsWrittenAsync(Territory territory, IReadOnlyList<RowWrite> writes, string writeId, CancellationToken cancellationToken) =>
        Task.FromResult(false);
}
