using System.Collections.Concurrent;

namespace Rdv.Local.HostileTables;

/// <summary>How many entities a partition and an account give in a second. What was given beyond is paid back by waiting.</summary>
/// <remarks>https://learn.microsoft.com/azure/storage/tables/scalability-targets</remarks>
internal sealed class Throttle(TimeProvider time)
{
    public const int EntitiesOfAPartition = 2_000;
    public const int EntitiesOfAnAccount = 20_000;

    private readonly ConcurrentDictionary<string, Bucket> _partitions = new();
    private readonly Bucket _account = new(EntitiesOfAnAccount, time);

    /// <summary>Whether there is anything left; what is written is taken at once.</summary>
    public bool Allows(TableRequest request) =>
        _account.Take(request.Rows.Count) && (PartitionOf(request) is not { } partition || Of(partition).Take(request.Rows.Count));

    /// <summary>What was read is known only now.</summary>
    public void Charge(TableRequest request, int rows)
    {
        if (request.Rows.Count == 0)
        {
            _account.Charge(Math.Max(1, rows));
            if (PartitionOf(request) is { } partition)
            {
                Of(partition).Charge(Math.Max(1, rows));
            }
        }
    }

    private static string? PartitionOf(TableRequest request) => request.Partition ?? (request.Rows.Count > 0 ? request.Rows[0].Partition : null);

    private Bucket Of(string partition) => _partitions.GetOrAdd(partition, static (_, time) => new Bucket(EntitiesOfAPartition, time), time);

    private sealed class Bucket(int perSecond, TimeProvider time)
    {
        private readonly Lock _lock = new();
        private double _left = perSecond;
        private long _at = time.GetTimestamp();

        public bool Take(int count)
        {
            lock (_lock)
            {
                Refill();
                if (_left <= 0)
                {
                    return false;
                }

                _left -= count;
                return true;
            }
        }

        public void Charge(int count)
        {
            lock (_lock)
            {
                Refill();
                _left -= count;
            }
        }

        private void Refill()
        {
            var now = time.GetTimestamp();
            _left = Math.Min(perSecond, _left + (time.GetElapsedTime(_at, now).TotalSeconds * perSecond));
            _at = now;
        }
    }
}
