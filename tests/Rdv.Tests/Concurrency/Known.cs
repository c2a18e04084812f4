namespace Rdv.Tests.Concurrency;

/// <summary>What one client has learned and all may use: that is where they meet.</summary>
internal sealed class Known<T>
{
    private readonly Lock _gate = new();
    private readonly List<T> _items = [];

    public void Add(T item)
    {
        lock (_gate)
        {
            _items.Add(item);
        }
    }

    /// <summary>One of the last, rather than of all.</summary>
    public bool TryPick(Random random, out T item)
    {
        lock (_gate)
        {
            item = _items.Count == 0 ? default! : _items[^random.Next(1, Math.Min(_items.Count, 12) + 1)];
            return _items.Count > 0;
        }
    }

    public bool TryTake(Random random, out T item)
    {
        lock (_gate)
        {
            if (_items.Count == 0)
            {
                item = default!;
                return false;
            }

            var index = random.Next(_items.Count);
            item = _items[index];
            _items.RemoveAt(index);
            return true;
        }
    }
}
