using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Pages.Shared;
using Rdv.People;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Manage;

/// <summary>The link again, for who has lost it. The answer is the same whatever is known of the number: nobody learns who has an appointment.</summary>
public sealed class LostLink(SendLinkAgain sendLink, Limits limits, FormPages forms, PageResults pages)
{
    [Function("LostLinkPage")]
    public IResult Show([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "lien")] HttpRequest request) =>
        pages.ShowPrivate<LostLinkPage, LostLinkView>(new LostLinkView(null, null, FormErrors.None));

    /// <summary>Every call counts as a guess, as in the API.</summary>
    [Function("SubmitLostLinkPage")]
    public Task<IResult> SubmitAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "lien")] HttpRequest request, CancellationToken cancellationToken) =>
        forms.RunAsync(request, async form =>
        {
            var view = new LostLinkView(form[LostLinkView.WhereField], form[LostLinkView.PhoneField], FormErrors.None);
            return Check(view) is ({ } territory, { Any: false })
                ? await SendAsync(request, territory, view.Phone, cancellationToken)
                : pages.ShowPrivate<LostLinkPage, LostLinkView>(view with { Errors = FormErrors.Of(Check(view).Errors) }, StatusCodes.Status400BadRequest);
        }, cancellationToken);

    private async Task<IResult> SendAsync(HttpRequest request, Territory territory, string? phone, CancellationToken cancellationToken)
    {
        using var attempt = await limits.TryKeyAsync(request);
        if (attempt is null)
        {
            return pages.TooManyTries();
        }

        attempt.Wrong();
        await sendLink.ExecuteAsync(territory, phone, cancellationToken);
        return pages.ShowPrivate<MessagePage, MessageView>(MessageView.LinkAsked);
    }

    private static (Territory? Territory, FieldErrors Errors) Check(LostLinkView view)
    {
        var errors = new FieldErrors();
        var territory = Communes.FindTerritory(view.Where) ?? (Communes.Search(view.Where, 1) is [var commune] ? commune.Territory : null);
        if (territory is null)
        {
            errors.Add(LostLinkView.WhereField, "Nous ne connaissons pas cette commune ni ce département.");
        }

        if (PhoneNumber.Read(view.Phone ?? "", territory ?? Territory.Parse("75"), out _) is { } fault)
        {
            errors.Add(LostLinkView.PhoneField, PeopleForm.Message(fault));
        }

        return (territory, errors);
    }
}
