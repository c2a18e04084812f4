using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Directory;

/// <summary>Everything the directory holds of one territory, read in one query and never changed after.</summary>
public sealed class TerritoryDirectory
{
    private readonly Lazy<AgendaRules> _rules;

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

    public bool IsEmpty => Structures.Count == 0;

    public IEnumerable<Advisor> AdvisorsOf(StructureId structure) => Advisors.Values.Where(advisor => advisor.StructureId == structure);
}
