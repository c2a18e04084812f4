namespace Rdv.Tests.Concurrency;

/// <summary>The names on which it depended that nothing came of a configuration: where they are the same, nothing comes of another.</summary>
internal sealed class Conflict
{
    private readonly Dictionary<(string Kind, string Of), ulong> _parts = [];

    public void Add(Conflict other)
    {
        foreach (var (name, part) in other._parts)
        {
            _parts[name] = _parts.GetValueOrDefault(name) | part;
        }
    }

    public void Add(Footprint footprint)
    {
        foreach (var name in footprint.Reads.Concat(footprint.Writes))
        {
            _parts[(name.Kind, name.Of)] = _parts.GetValueOrDefault((name.Kind, name.Of)) | name.Part;
        }
    }

    public bool Meets(IEnumerable<Name> written) => written.Any(name => _parts.Any(part => name.Meets(new Name(part.Key.Kind, part.Key.Of, part.Value))));
}
