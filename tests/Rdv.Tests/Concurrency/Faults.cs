using Rdv.Tests.Infrastructure;

namespace Rdv.Tests.Concurrency;

/// <summary>What happens to the requests of one instance to storage: mostly nothing, sometimes one of everything, sometimes several in a row.</summary>
internal sealed class Faults(Random random)
{
    private static readonly StorageFault[] Kinds =
    [
        StorageFault.AnswerLost, StorageFault.AnswerLate, StorageFault.AnswerBroken, StorageFault.NotReached, StorageFault.Refused,
    ];

    // The client of the SDK tries four times: only a longer row reaches the product.
    private const int LongestRow = 9;

    private readonly Lock _gate = new();
    private StorageFault _row;
    private int _left;
    private int _injected;

    public int Injected => _injected;

    public StorageFault Choose(StorageRequest request)
    {
        lock (_gate)
        {
            if (_left > 0)
            {
                _left--;
                _injected++;
                return _row;
            }

            if (random.NextDouble() >= (request.IsTransaction ? 0.10 : 0.015))
            {
                return StorageFault.None;
            }

            _row = Kinds[random.Next(Kinds.Length)];
            _left = random.Next(4) == 0 ? random.Next(LongestRow) : 0;
            _injected++;
            return _row;
        }
    }

    public Task DelayAsync(StorageRequest request)
    {
        int milliseconds;
        lock (_gate)
        {
            milliseconds = random.Next(25) == 0 ? random.Next(40) : 0;
        }

        return milliseconds == 0 ? Task.CompletedTask : Task.Delay(milliseconds);
    }
}
