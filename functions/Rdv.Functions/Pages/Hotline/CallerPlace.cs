using Rdv.Directory;
using Rdv.Pages.Hotline;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Hotline;

internal static class CallerPlace
{
    private const int MaxMatches = 8;

    /// <summary>The place that was chosen before, or what is typed of it: a département, or a commune that only one can be.</summary>
    public static (Territory? Territory, Commune? Commune, IReadOnlyList<Commune> Matches) Find(PostedForm form)
    {
        if (Communes.Find(form["commune"]) is { } chosen)
        {
            return (chosen.Territory, chosen, []);
        }

        if (Territory.TryParse(form["territoire"] ?? form[HotlineView.WhereField], out var territory))
        {
            return (territory, null, []);
        }

        return Communes.Search(form[HotlineView.WhereField], MaxMatches) switch
        {
            [var only] => (only.Territory, only, []),
            var several => (null, null, several),
        };
    }
}
