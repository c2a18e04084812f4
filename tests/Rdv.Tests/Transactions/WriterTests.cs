using Rdv.Territories;
using Rdv.Transactions;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Transactions;

public sealed class WriterTests
{
    private static readonly Territory Lyon = Territory.Parse("69");
    private readonly Storage _storage = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_committed_at_once_is_decided_once()
    {
        (await WriteAsync()).Value.ShouldBe(1);
        _storage.Committed.ShouldHaveSingleItem();
        _storage.Looked.ShouldBe(0);
    }

    [Fact]
    public async Task A_refusal_writes_nothing()
    {
        var result = await new Writer(_storage).WriteAsync<int>(Lyon, _ => Task.FromResult<Decision<int>>(new Refusal.Stale()), Token);
        result.Refusal.ShouldBeOfType<Refusal.Stale>();
        Should.Throw<InvalidOperationException>(() => result.Value);
        _storage.Committed.ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_conflict_it_is_decided_again_and_nobody_asks_whose_write_it_was()
    {
        _storage.Next(CommitOutcome.Conflict, CommitOutcome.Conflict);
        (await WriteAsync()).Value.ShouldBe(3);
        _storage.Looked.ShouldBe(0);
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_recognised_and_not_decided_again()
    {
        _storage.Next(CommitOutcome.Unknown);
        _storage.IsWritten = _ => true;
        (await WriteAsync()).Value.ShouldBe(1);
    }

    [Fact]
    public async Task A_write_that_lands_late_is_still_recognised_by_its_own_id()
    {
        // The first answer was lost and nothing is there yet; the second try meets the first one, which has landed meanwhile.
        _storage.Next(CommitOutcome.Unknown, CommitOutcome.Conflict);
        _storage.IsWritten = id => _storage.Ids.Count > 1 && id == _storage.Ids[0];
        (await WriteAsync()).Value.ShouldBe(1);
    }

    [Fact]
    public async Task A_write_that_is_nowhere_is_made_again()
    {
        _storage.Next(CommitOutcome.Unknown);
        (await WriteAsync()).Value.ShouldBe(2);
        _storage.Looked.ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_be_found_out_is_never_told_as_not_done()
    {
        _storage.Next(CommitOutcome.Unknown);
        _storage.IsWritten = _ => throw new StorageUnavailableException("away");
        await Should.ThrowAsync<UnknownOutcomeException>(WriteAsync);
    }

    [Fact]
    public async Task Storage_that_is_back_says_what_became_of_the_write()
    {
        _storage.Next(CommitOutcome.Unknown);
        _storage.IsWritten = _ => _storage.Looked > 3 ? true : throw new StorageUnavailableException("away");
        (await WriteAsync()).Value.ShouldBe(1);
    }

    [Fact]
    public async Task Storage_that_is_away_from_the_start_has_done_nothing_and_is_asked_once()
    {
        var reads = 0;
        await Should.ThrowAsync<StorageUnavailableException>(() => new Writer(_storage).WriteAsync<int>(Lyon, _ =>
        {
            reads++;
            throw new StorageUnavailableException("away");
        }, Token));
        reads.ShouldBe(1);
    }

    [Fact]
    public async Task Who_loses_to_the_last_attempt_is_told_that_nothing_was_done()
    {
        _storage.Next([.. Enumerable.Repeat(CommitOutcome.Conflict, Writer.MaxAttempts)]);
        await Should.ThrowAsync<ContendedException>(WriteAsync);
        _storage.Committed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_caller_who_leaves_is_no_failure_of_storage()
    {
        using var leaving = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => new Writer(_storage).WriteAsync<int>(Lyon, async token =>
        {
            await leaving.CancelAsync();
            token.ThrowIfCancellationRequested();
            return 1;
        }, leaving.Token));
    }

    private Task<Result<int>> WriteAsync()
    {
        var decisions = 0;
        return new Writer(_storage).WriteAsync<int>(
            Lyon, _ => Task.FromResult<Decision<int>>(new Decision<int>.Write([new RowWrite.Put(new Row())], ++decisions)), Token);
    }

    private sealed record Row : IRow;

    private sealed class Storage : ITransactions
    {
        private readonly Queue<CommitOutcome> _next = new();

        public Func<string, bool> IsWritten { get; set; } = _ => false;

        public List<string> Ids { get; } = [];

        public List<string> Committed { get; } = [];

        public int Looked { get; private set; }

        public void Next(params CommitOutcome[] outcomes) => Array.ForEach(outcomes, _next.Enqueue);

        public Task<CommitOutcome> CommitAsync(
            Territory territory, IReadOnlyList<RowWrite> writes, string writeId, CancellationToken cancellationToken)
        {
            Ids.Add(writeId);
            var outcome = _next.TryDequeue(out var next) ? next : CommitOutcome.Committed;
            if (outcome == CommitOutcome.Committed)
            {
                Committed.Add(writeId);
            }

            return Task.FromResult(outcome);
        }

        public Task<bool> IsWrittenAsync(
            Territory territory, IReadOnlyList<RowWrite> writes, string writeId, CancellationToken cancellationToken)
        {
            Looked++;
            return Task.FromResult(IsWritten(writeId));
        }
    }
}
