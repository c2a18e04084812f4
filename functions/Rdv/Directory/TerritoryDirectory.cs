using System.Collections.Concurrent;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Directory;

/// <summary>Everything the directory holds of one territory, read in one query and never changed after.</summary>
public sealed class TerritoryDirectory
{
    // A département has no more communes; whoever asks from all of the country's does not fill the memory.
    private const int MaxCommunes = 1_000;

    private readonly Lazy<AgendaRules> _rules;
    private readonly ConcurrentDictionary<string, Nearness> _nearness = new();

    public TerritoryDirectory(Territory territory, IEnumerable<Structure> structures, IEnumerable<Place> places, IEnumerable<Advisor> advisors)
    {
        Territory = territory;
        Structures = structures.ToDictionary(structure => structure.Id);
        Places = places.ToDictionary(place => place.Id);
        Advisors = advisors.OrderBy(advisor => advisor.Id.Value, StringComparer.Ordinal).ToDictionary(advisor => advisor.Id);
        _rules = new Lazy<AgendaRules>(() => new AgendaRules(this));
    }

    public Territory Territory { get; }

    /// <summary>Changes with every change of the directory; null when it was never written.</summary>
    public string? Revision { get; init; }

    public IReadOnlyDictionary<StructureId, Structure> Structures { get; }

    public IReadOnlyDictionary<PlaceId, Place> Places { get; }

    public IReadOnlyDictionary<AdvisorId, Advisor> Advisors { get; }

    /// <summary>The opening hours, compiled at first use.</summary>
    public AgendaRules Rules => _rules.Value;

    /// <summary>The places as they lie around a commune, measured once.</summary>
    /// <param name="insee">Null or unknown gives the order of the names.</param>
    public Nearness NearnessFrom(string? insee)
    {
        var commune = insee is not null && Communes.Row(insee) is not null ? insee : "";
        if (_nearness.TryGetValue(commune, out var known))
        {
            return known;
        }

        if (_nearness.Count >= MaxCommunes)
        {
            _nearness.Clear();
        }

        return _nearness[commune] = Nearness.From(commune, this);
    }

    public bool IsEmpty => Structures.Count == 0;

    public IEnumerable<Advisor> AdvisorsOf(StructureId structure) => Advisors.Values.Where(advisor => advisor.StructureId == structure);
}
