using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Calls;
using Rdv.Pages.Hotline;

namespace Rdv.Functions.Pages.Hotline;

/// <summary>The calls to make now, each with what to say, and what came of them.</summary>
public sealed class HotlineCalls(ListCalls list, FinishCall finish, StaffPages staff, PageResults pages, FormPages forms)
{
    [Function("HotlineCallsPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "hotline/appels")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, "/hotline/appels", member => member.MayUseHotline, async _ =>
        {
            var found = await list.ExecuteAsync(territory: null, until: null, cancellationToken);
            return pages.ShowPrivate<CallsPage, CallsView>(CallsView.Of(found, Notice(Query.Text(request, "fait"))));
        }, cancellationToken);

    [Function("HotlineFinishCallPage")]
    public Task<IResult> FinishAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/appels")] HttpRequest request, CancellationToken cancellationToken) =>
        forms.RunForHotlineAsync(request, "/hotline/appels", async (_, form) =>
            CallId.TryParse(form["appel"], out var id) && Outcome(form["resultat"]) is { } outcome
                ? (await finish.ExecuteAsync(id, outcome, note: null, cancellationToken)).Match(
                    finished => PageResults.SeeOther($"/hotline/appels?fait={(finished.Next is null ? "oui" : "plus-tard")}"),
                    // Another operator had finished it: what matters is that it is done.
                    _ => PageResults.SeeOther("/hotline/appels?fait=oui"))
                : null,
            cancellationToken);

    private static CallOutcome? Outcome(string? text) => text switch
    {
        "joint" => CallOutcome.Reached,
        "sans-reponse" => CallOutcome.NoAnswer,
        "regle" => CallOutcome.Done,
        _ => null,
    };

    private static string? Notice(string? done) => done switch
    {
        "oui" => "C'est noté\u00a0: cet appel est terminé.",
        "plus-tard" => "C'est noté\u00a0: cet appel reviendra plus tard.",
        _ => null,
    };
}
