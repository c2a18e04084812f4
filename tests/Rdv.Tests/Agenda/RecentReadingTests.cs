using NodaTime;
using Rdv.Agenda;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Agenda;

/// <summary>How often storage is asked, and what happens while it is answering.</summary>
public sealed class RecentReadingTests
{
    private static readonly Territory Rhone = Territory.Parse("69");
    private static readonly LocalDate Tuesday = new(2026, 11, 24);
    private static readonly AdvisorId Advisor = new("a1");

    private readonly SlowStore _store = new();
    private readonly SteppedTime _time = new();
    private readonly RecentAgendas _recent;

    public RecentReadingTests()
    {
        _time.Stop();
        _recent = new RecentAgendas(_store, _time);
    }

    [Fact]
    public async Task Fifty_who_ask_at_once_are_one_query_and_so_is_everybody_for_two_seconds()
    {
        var asking = Enumerable.Range(0, 50).Select(day => ReadAsync(Tuesday, Tuesday.PlusDays(day % 7))).ToList();
        _store.AnswerAll();
        await Task.WhenAll(asking);

        // The first asked for less than the others.
        _store.Asked.Count.ShouldBeLessThanOrEqualTo(2);
        var before = _store.Asked.Count;
        for (var i = 0; i < 10; i++)
        {
            await ReadAsync(Tuesday, Tuesday.PlusDays(6));
        }

        _store.Asked.Count.ShouldBe(before);
        _time.Skip(RecentAgendas.MaxAge);
        await ReadAsync(Tuesday, Tuesday);
        _store.Asked.Count.ShouldBe(before + 1);
        _store.Asked[^1].ShouldBe(new DateInterval(Tuesday, Tuesday.PlusDays(6)), "others will ask again for what they asked for");
    }

    [Fact]
    public async Task Days_that_nobody_asks_for_any_more_are_read_no_more()
    {
        _store.AnswerAll();
        await ReadAsync(Tuesday, Tuesday.PlusDays(40));
        for (var i = 0; i < 3; i++)
        {
            _time.Skip(TimeSpan.FromSeconds(31));
            await ReadAsync(Tuesday, Tuesday.PlusDays(1));
        }

        _store.Asked[^1].ShouldBe(new DateInterval(Tuesday, Tuesday.PlusDays(1)));
    }

    [Fact]
    public async Task Who_wants_it_as_it_is_now_does_not_get_what_was_under_way()
    {
        var early = ReadAsync(Tuesday, Tuesday);
        await _store.AskedAsync(1);
        var late = Enumerable.Range(0, 20).Select(_ => _recent.ReadNowAsync(Rhone, Tuesday, Tuesday, default).AsTask()).ToList();
        late.ShouldAllBe(task => !task.IsCompleted);
        _store.AnswerNext(1);
        await early;
        await _store.AskedAsync(2);
        _store.AnswerNext(2);
        await Task.WhenAll(late);
        _store.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_write_while_storage_is_answering_is_not_lost_to_an_older_answer()
    {
        var reading = ReadAsync(Tuesday, Tuesday);
        await _store.AskedAsync(1);
        _recent.Apply(Rhone, Booked("c1"));
        _store.AnswerNext(1);
        (await reading).ShouldHaveSingleItem().Day(Tuesday).Entries.ShouldHaveSingleItem().Id.ShouldBe("c1");
        (await ReadAsync(Tuesday, Tuesday)).ShouldHaveSingleItem().Day(Tuesday).Find("c1").ShouldNotBeNull();

        // What storage says later is how it is, whoever wrote meanwhile.
        _time.Skip(RecentAgendas.MaxAge);
        _store.AnswerAll();
        (await ReadAsync(Tuesday, Tuesday)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_read_that_fails_is_told_to_all_who_waited_for_it_and_kept_from_those_who_came_later()
    {
        var waiting = Enumerable.Range(0, 5).Select(_ => ReadAsync(Tuesday, Tuesday)).ToList();
        await _store.AskedAsync(1);
        var late = _recent.ReadNowAsync(Rhone, Tuesday, Tuesday, default).AsTask();
        _store.FailNext(1);
        foreach (var one in waiting)
        {
            await Should.ThrowAsync<StorageUnavailableException>(() => one);
        }

        await _store.AskedAsync(2);
        _store.AnswerNext(2);
        (await late).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_stops_waiting_takes_nothing_from_the_others()
    {
        using var gone = new CancellationTokenSource();
        var first = _recent.ReadAsync(Rhone, Tuesday, Tuesday, gone.Token).AsTask();
        var second = ReadAsync(Tuesday, Tuesday);
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        _store.AnswerAll();
        (await second).ShouldBeEmpty();
        _store.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Territories_that_nobody_asks_for_are_forgotten_and_what_is_kept_is_bounded()
    {
        _store.AnswerAll();
        _store.MonthsEach = RecentAgendas.MaxMonths / 4;
        foreach (var code in new[] { "01", "02", "03", "04", "05", "06" })
        {
            await _recent.ReadAsync(Territory.Parse(code), Tuesday, Tuesday, default);
        }

        _recent.Count.ShouldBeLessThanOrEqualTo(RecentAgendas.MaxMonths + _store.MonthsEach);
        _time.Skip(RecentAgendas.Idle);
        await ReadAsync(Tuesday, Tuesday);
        _recent.Count.ShouldBe(_store.MonthsEach);
    }

    private Task<IReadOnlyList<AgendaMonth>> ReadAsync(LocalDate from, LocalDate to) => _recent.ReadAsync(Rhone, from, to, default).AsTask();

    private static AgendaDays Booked(string code) => new(
        Advisor,
        Tuesday.ToYearMonth(),
        new Dictionary<int, DayAgenda> { [Tuesday.Day] = new([new AgendaEntry(EntryKind.Appointment, 108, 12, code)]) },
        HoursVersion: 1);

    /// <summary>Answers when it is told to.</summary>
    private sealed class SlowStore : IAgendaStore
    {
        private readonly Lock _lock = new();
        private readonly List<TaskCompletionSource> _answers = [];
        private readonly List<DateInterval> _asked = [];
        private bool _answersAll;

        public int MonthsEach { get; set; }

        public IReadOnlyList<DateInterval> Asked
        {
            get
            {
                lock (_lock)
                {
                    return [.. _asked];
                }
            }
        }

        public void AnswerAll()
        {
            lock (_lock)
            {
                _answersAll = true;
                _answers.ForEach(answer => answer.TrySetResult());
            }
        }

        public void AnswerNext(int number) => _answers[number - 1].SetResult();

        public void FailNext(int number) => _answers[number - 1].SetException(new StorageUnavailableException("Gone.", new IOException()));

        public async Task AskedAsync(int count)
        {
            while (Asked.Count < count)
            {
                await Task.Delay(1);
            }
        }

        public async Task<IReadOnlyList<AgendaMonth>> ReadDaysAsync(Territory territory, LocalDate from, LocalDate to, CancellationToken cancellationToken)
        {
            var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                _asked.Add(new DateInterval(from, to));
                _answers.Add(answer);
                if (_answersAll)
                {
                    answer.SetResult();
                }
            }

            await answer.Task;
            return [.. Enumerable.Range(0, MonthsEach).Select(number => AgendaMonth.Missing(new AdvisorId($"a{number}"), from.ToYearMonth()))];
        }

        public Task<StoredMonth> ReadMonthAsync(Territory territory, AdvisorId advisor, YearMonth month, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<AgendaMonth>> ReadDaysAsync(
            Territory territory, AdvisorId advisor, LocalDate from, LocalDate to, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
