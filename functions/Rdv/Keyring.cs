namespace Rdv;

/// <summary>Numbered secrets of one purpose. New things are made with the current one; older numbers stay readable, so that secrets can rotate.</summary>
public sealed class Keyring
{
    private readonly IReadOnlyDictionary<int, byte[]> _keys;

    public Keyring(IReadOnlyDictionary<int, byte[]> keys, int? current = null)
    {
        if (keys.Count == 0 || keys.Values.Any(key => key.Length < 16))
        {
            throw new ArgumentException("A keyring needs at least one key, each of 16 bytes or more.", nameof(keys));
        }

        _keys = keys;
        Current = current ?? keys.Keys.Max();
        if (!keys.ContainsKey(Current))
        {
            throw new ArgumentException($"Key {Current} is named as the current one and is missing.", nameof(current));
        }
    }

    public int Current { get; }

    public IEnumerable<int> Numbers => _keys.Keys;

    public byte[]? Find(int number) => _keys.GetValueOrDefault(number);

    public byte[] this[int number] => _keys[number];
}
