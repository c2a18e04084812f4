using System.Collections.Concurrent;
using NodaTime;
using Rdv.Territories;

namespace Rdv.Agenda;

/// <summary>
/// The agendas of the territories as they were a moment ago: one query for all who ask within two seconds (docs/adr/0013). To look at, and
/// to choose by; what is written is read again by its key, so that what is too old here can cost a try, and never books anybody twice.
/// </summary>
/// <param name="maxAge">Zero to remember nothing; <see cref="MaxAge"/> when null.</param>
public sealed class RecentAgendas(IAgendaStore store, TimeProvider time, TimeSpan? maxAge = null)
{
    /// <summary>How old what is given may be, counted from before it was asked for.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);

    /// <summary>A territory that nobody has asked for since is forgotten.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    /// <summary>How many advisors' months are kept in all: about 16 KB each when half booked. Who was asked for longest ago goes first.</summary>
    public const int MaxMonths = 10_000;

    private readonly ConcurrentDictionary<Territory, RecentAgenda> _territories = new();

    /// <summary>How many advisors' months are kept.</summary>
    public int Count => _territories.Values.Sum(agenda => agenda.Count);

    /// <summary>The days of every advisor of the territory, at most that old.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public ValueTask<IReadOnlyList<AgendaMonth>> ReadAsync(Territory territory, LocalDate from, LocalDate to, CancellationToken cancellationToken) =>
        Of(territory).ReadAsync(new DateInterval(from, to), time.GetTimestamp() - Ticks(maxAge ?? MaxAge), cancellationToken);

    /// <summary>The same, as it is now or later: read after this was called, once for all who call meanwhile.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public ValueTask<IReadOnlyList<AgendaMonth>> ReadNowAsync(Territory territory, LocalDate from, LocalDate to, CancellationToken cancellationToken) =>
        Of(territory).ReadAsync(new DateInterval(from, to), time.GetTimestamp(), cancellationToken);

    /// <summary>Days that this process has written: whoever asks it next sees them.</summary>
    public void Apply(Territory territory, AgendaDays written)
    {
        if (_territories.TryGetValue(territory, out var agenda))
        {
            agenda.Apply(written);
        }
    }

    /// <summary>Nothing is known of the territory any more: it may have been written or not.</summary>
    public void Forget(Territory territory) => _territories.TryRemove(territory, out _);

    private RecentAgenda Of(Territory territory)
    {
        var agenda = _territories.GetOrAdd(territory, static (one, all) => new RecentAgenda(one, all.store, all.time), (store, time));
        agenda.AskedAt = time.GetTimestamp();
        if (agenda.IsToBeRead)
        {
            Trim();
        }

        return agenda;
    }

    private void Trim()
    {
        var idleSince = time.GetTimestamp() - Ticks(Idle);
        var kept = 0;
        foreach (var (territory, agenda) in _territories.OrderByDescending(known => known.Value.AskedAt))
        {
            kept += agenda.Count;
            if (agenda.AskedAt < idleSince || kept > MaxMonths)
            {
                _territories.TryRemove(new(territory, agenda));
            }
        }
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
