using NodaTime;
using Rdv.Territories;

namespace Rdv.Agenda;

/// <summary>What a process remembers of one territory's agenda.</summary>
internal sealed class RecentAgenda(Territory territory, IAgendaStore store, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly RecentWindow _window = new(time);

    // What this process has written since the last read that is known here began: a read under way may not have met it.
    private readonly List<(AgendaDays Days, long At)> _written = [];

    private Known? _known;
    private Reading? _reading;

    /// <summary>When somebody asked last, in ticks of the time provider.</summary>
    public long AskedAt { get; set; }

    /// <summary>How many months are kept.</summary>
    public int Count => _known?.Months.Length ?? 0;

    public bool IsToBeRead => _known is null || time.GetElapsedTime(_known.BegunAt) >= RecentAgendas.MaxAge;

    /// <param name="notBefore">What was read before this is too old, in ticks of the time provider.</param>
    public ValueTask<IReadOnlyList<AgendaMonth>> ReadAsync(DateInterval days, long notBefore, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _window.Ask(days);
            return Find(days, notBefore) is { } months ? new(months) : new(ReadAsync());
        }

        async Task<IReadOnlyList<AgendaMonth>> ReadAsync()
        {
            while (true)
            {
                Reading reading;
                lock (_lock)
                {
                    if (Find(days, notBefore) is { } months)
                    {
                        return months;
                    }

                    reading = _reading ??= Begin();
                }

                try
                {
                    await reading.Months.WaitAsync(cancellationToken);
                }
                catch (StorageUnavailableException) when (!reading.Has(days, notBefore))
                {
                    // It was waited for only so that one reads at a time; the next is tried.
                }
            }
        }
    }

    public void Apply(AgendaDays written)
    {
        lock (_lock)
        {
            if (_reading is null && IsToBeRead)
            {
                // Whoever asks next reads it from storage.
                _known = null;
                _written.Clear();
                return;
            }

            _written.Add((written, time.GetTimestamp()));
            if (_known is { } known)
            {
                _known = known.With(written);
            }
        }
    }

    private AgendaMonth[]? Find(DateInterval days, long notBefore) =>
        _known is { } known && known.Has(days, notBefore) ? known.Months : null;

    // Not cancelled with the request that begins it: others wait for the same.
    private Reading Begin()
    {
        var reading = new Reading(_window.Days, time.GetTimestamp());
        IReadOnlyList<AgendaMonth> before = _known is { } known && known.Days == reading.Days ? known.Months : [];
        reading.Months = Task.Run(() => FinishAsync(reading, before));
        return reading;
    }

    private async Task FinishAsync(Reading reading, IReadOnlyList<AgendaMonth> before)
    {
        try
        {
            var months = await store.ReadDaysAgainAsync(territory, reading.Days.Start, reading.Days.End, before, CancellationToken.None);
            lock (_lock)
            {
                _written.RemoveAll(written => written.At < reading.BegunAt);
                _known = _written.Aggregate(new Known(reading.Days, reading.BegunAt, [.. months]), (known, written) => known.With(written.Days));
            }
        }
        finally
        {
            lock (_lock)
            {
                _reading = null;
            }
        }
    }

    /// <summary>Some days, as they were at an instant.</summary>
    /// <param name="BegunAt">When the reading began, in ticks of the time provider.</param>
    private record Moment(DateInterval Days, long BegunAt)
    {
        public bool Has(DateInterval days, long notBefore) => BegunAt >= notBefore && Days.Contains(days);
    }

    private sealed record Reading(DateInterval Days, long BegunAt) : Moment(Days, BegunAt)
    {
        public Task Months { get; set; } = Task.CompletedTask;
    }

    private sealed record Known(DateInterval Days, long BegunAt, AgendaMonth[] Months) : Moment(Days, BegunAt)
    {
        /// <summary>With some days as they were written, as far as they lie in the window.</summary>
        public Known With(AgendaDays written)
        {
            var inside = written.Days.Where(day => Days.Contains(written.Month.OnDayOfMonth(day.Key))).ToList();
            if (inside.Count == 0)
            {
                return this;
            }

            var months = Months.ToList();
            var index = months.FindIndex(month => month.AdvisorId == written.AdvisorId && month.Month == written.Month);
            var days = index < 0 ? [] : months[index].Days.ToDictionary();
            foreach (var (day, agenda) in inside)
            {
                days[day] = agenda;
            }

            var changed = new AgendaMonth(written.AdvisorId, written.Month, days, written.HoursVersion);
            if (index < 0)
            {
                months.Add(changed);
            }
            else
            {
                months[index] = changed;
            }

            return this with { Months = [.. months] };
        }
    }
}
