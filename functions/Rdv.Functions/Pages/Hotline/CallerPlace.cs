using Rdv.Directory;
using Rdv.Pages.Hotline;
using Rdv.Pages.Shared;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Hotline;

internal static class CallerPlace
{
    private const int MaxMatches = 8;

    /// <summary>What asks once more where the caller lives: which of several communes, or what nobody knows.</summary>
    public static HotlineView AskAgain(PostedForm form, IReadOnlyList<Commune> matches, bool forWorkshops) => new()
    {
        Form = CallerForm.Read(field => form[field]),
        Where = form[HotlineView.WhereField],
        Matches = matches,
        ForWorkshops = forWorkshops,
        Errors = matches.Count > 0 ? FormErrors.None : FormErrors.Of(HotlineView.WhereField, "Nous ne connaissons pas cette commune ni ce département."),
    };

    /// <summary>What is typed of the place; what was chosen before when nothing is. A département, or a commune that only one can be.</summary>
    public static (Territory? Territory, Commune? Commune, IReadOnlyList<Commune> Matches) Find(PostedForm form)
    {
        var caller = CallerForm.Read(field => form[field]);
        var typed = CallerForm.IsPlaceChosen(form[CallerForm.ChangeField]) ? null : form[HotlineView.WhereField];
        if (string.IsNullOrWhiteSpace(typed))
        {
            var chosen = Communes.Find(caller.Insee);
            return (chosen?.Territory ?? caller.Territory, chosen, []);
        }

        if (Communes.FindTerritory(typed) is { } territory && !Communes.Search(typed, 1).Any(commune => Communes.IsName(commune, typed)))
        {
            return (territory, null, []);
        }

        return Communes.Search(typed, MaxMatches) switch
        {
            [var only] => (only.Territory, only, []),
            [] => (null, null, Communes.Suggest(typed)),
            var several => (null, null, several),
        };
    }

    /// <summary>A département by its number or its name, or that of a commune.</summary>
    public static Territory? TerritoryOf(string? text) =>
        Communes.FindTerritory(text) ?? (Communes.Search(text, 1) is [var commune] ? commune.Territory : null);
}
