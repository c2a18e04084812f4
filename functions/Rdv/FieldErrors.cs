namespace Rdv;

/// <summary>What is wrong with an input, by field, in French, for the person who typed it.</summary>
public sealed class FieldErrors
{
    private readonly Dictionary<string, List<string>> _messages = [];

    public bool Any => _messages.Count > 0;

    /// <summary>How many messages there are.</summary>
    public int Count => _messages.Values.Sum(list => list.Count);

    public IReadOnlyDictionary<string, string[]> ByField => _messages.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());

    public void Add(string field, string message)
    {
        if (!_messages.TryGetValue(field, out var list))
        {
            _messages[field] = list = [];
        }

        list.Add(message);
    }

    public static FieldErrors Of(string field, string message)
    {
        var errors = new FieldErrors();
        errors.Add(field, message);
        return errors;
    }
}
