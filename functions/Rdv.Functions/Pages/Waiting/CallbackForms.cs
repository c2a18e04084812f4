using Microsoft.AspNetCore.Http;
using Rdv.Ids;
using Rdv.Pages.Shared;
using Rdv.People;
using Rdv.Territories;
using Rdv.Waiting;

namespace Rdv.Functions.Pages.Waiting;

/// <summary>What the forms that ask for a call say, the citizen's and the operator's.</summary>
internal static class CallbackForms
{
    /// <param name="scope">Forms of different pages do not meet.</param>
    public static CallbackRequest Read(
        PostedForm form, string scope, Territory territory, string topic, string? insee, PersonForm person, Actor by, string? workshopId = null)
    {
        // Who goes back and corrects a letter asks anew: the number was wrong, and nobody could call it.
        var nonce = form["jeton"];
        var identity = RequestIdentity.Of(scope, string.IsNullOrEmpty(nonce) ? null : $"{nonce}|{person.Name?.Trim()}|{person.Phone?.Trim()}", "");
        var wish = Wish.Read(field => form[field]);
        return new CallbackRequest(territory, topic, insee, person.Citizen, person.Note, by, identity, workshopId)
        {
            Means = MeansWords.Of(wish.Means),
            Signs = wish.Signs,
            Home = new HomeForm(person.Address, insee),
        };
    }

    /// <param name="correct">The form again, with what is wrong in it.</param>
    public static IResult ToPage(
        this Result<Listed> result,
        PageResults pages,
        Func<Listed, string> address,
        Func<FormErrors, IResult> correct) => result.Match(
        listed => PageResults.SeeOther(address(listed)),
        refusal => refusal switch
        {
            // It was cancelled, or has a seat, since the form was shown.
            Refusal.Invalid { Errors.ByField: var fields } when fields.ContainsKey("workshopId") => pages.StartAgain(),
            Refusal.Invalid invalid => correct(FormErrors.Of(invalid.Errors)),
            Refusal.TooMany { Message: not null } much => pages.Of(much),
            Refusal.TooMany => pages.WaitingTooOften(),
            _ => pages.StartAgain(),
        });
}
