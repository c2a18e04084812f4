using Rdv.Agenda;
using Rdv.Benchmarks.Samples;
using Rdv.Benchmarks.Storage;

namespace Rdv.Benchmarks.Floor;

/// <summary>The free slots of a whole territory, by a process that reads it for every search; the floor is its range query.</summary>
/// <param name="first">Whether nothing of the territory has been read before either.</param>
internal sealed class SearchContest(FloorTables tables, SampleTerritory sample, int days, int clients, int operations, bool first = false)
    : Contest($"{(first ? First : "search")}: {days} days, {sample.Advisors.Count} advisor{(sample.Advisors.Count == 1 ? "" : "s")}", clients, operations)
{
    public const string First = "search for the first time";

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

            // A window that was asked for a moment ago is read with the next: this one alone.
            tables.SearchScript.Recent.Forget(sample.Territory);
            tables.Searched.Recent.Forget(sample.Territory);
            await SearchAsync(tables.SearchScript);
            _query = tables.SearchScript.Recorder!.Query;
        }
    }

    protected override Task OursAsync(int client, int number)
    {
        if (first)
        {
            tables.Searched.Recent.Forget(sample.Territory);
        }

        return SearchAsync(tables.Searched);
    }

    protected override Task FloorAsync(int client, int number) => tables.Bare.SearchAsync(_query!);

    private async Task SearchAsync(Product product)
    {
        if ((await product.Search.ExecuteAsync(_search, CancellationToken.None)).Value is not { Slots.Count: > 0, NextAvailable: not null })
        {
            throw new InvalidOperationException("The search found nothing.");
        }
    }
}
