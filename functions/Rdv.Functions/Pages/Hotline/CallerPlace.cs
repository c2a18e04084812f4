using Microsoft.AspNetCore.Http;
using Rdv.Directory;
using Rdv.Pages.Hotline;
using Rdv.Pages.Shared;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Hotline;

internal static class CallerPlace
{
    private const int MaxMatches = 8;

    /// <summary>Asks once more where the caller lives: which of several communes, or what nobody knows.</summary>
    public static IResult AskAgain(PageResults pages, PostedForm form, IReadOnlyList<Commune> matches, bool forWorkshops)
    {
        var again = new HotlineView(
            Where: form[HotlineView.WhereField],
            Topic: Topics.Find(form[HotlineView.TopicField])?.Id,
            Matches: matches,
            Phone: form[HotlineView.PhoneField])
        { ForWorkshops = forWorkshops };
        return matches.Count > 0
            ? pages.ShowPrivate<HotlinePage, HotlineView>(again)
            : pages.ShowPrivate<HotlinePage, HotlineView>(
                again with { Errors = FormErrors.Of(HotlineView.WhereField, "Nous ne connaissons pas cette commune ni ce département.") },
                StatusCodes.Status400BadRequest);
    }

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
            [] => (null, null, Communes.Suggest(form[HotlineView.WhereField])),
            var several => (null, null, several),
        };
    }
}
