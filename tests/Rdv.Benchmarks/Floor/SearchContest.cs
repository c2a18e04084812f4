using Rdv.Agenda;
using Rdv.Benchmarks.Samples;
using Rdv.Benchmarks.Storage;

namespace Rdv.Benchmarks.Floor;

/// <summary>The free slots of a whole territory, by a process that remembers nothing; the floor is its range query.</summary>
internal sealed class SearchContest(FloorTables tables, SampleTerritory sample, int days, int clients, int operations)
    : Contest($"search: {days} days, {sample.Advisors.Count} advisor{(sample.Advisors.Count == 1 ? "" : "s")}", clients, operations)
{
    private readonly SlotSearch _search = new(sample.Territory, SampleTerritory.Topic, FixedTime.Today, days);
    private RecordedQuery? _query;

    protected override WireCounter OursCounter => tables.Searched.Counter;

    protected override WireCounter FloorCounter => tables.Floor.Counter;

    protected override int WarmRounds => 5;

    protected override async Task PrepareAsync(int round)
    {
        if (_query is null)
        {
            await tables.ResetAsync(sample);
            await SearchAsync(tables.SearchScript);
            _query = tables.SearchScript.Recorder!.Query;
        }
    }

    protected override Task OursAsync(int client, int number) => SearchAsync(tables.Searched);

    protected override Task FloorAsync(int client, int number) => tables.Bare.SearchAsync(_query!);

    private async Task SearchAsync(Product product)
    {
        if ((await product.Search.ExecuteAsync(_search, CancellationToken.None)).Value is not { Slots.Count: > 0, NextAvailable: not null })
        {
            throw new InvalidOperationException("The search found nothing.");
        }
    }
}
