using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Appointments;
using Rdv.Functions.Pages.Info;
using Rdv.Pages.Manage;

namespace Rdv.Functions.Pages.Manage;

public sealed class ShowAppointment(PageResults pages, KeyPages keys, InfoPages info)
{
    // A token has 22 characters, 23 overseas; more is punctuation that was copied along, fewer a link that was cut off: its reader learns whom
    // to call. No other route of one part is as long, and the host's own ("admin", "runtime") are shorter.
    private const string TokenRoute = "{token:length(10,30)}";

    [Function("AppointmentPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "r/{reference}/{key}")] HttpRequest request,
        string reference, string key, CancellationToken cancellationToken) =>
        keys.RunAsync(request, reference, key, managed => Task.FromResult(
            pages.ShowByKey<ManagePage, ManageView>(managed.View with { News = News.Read(request, managed.View) })), cancellationToken);

    /// <summary>The appointment on half a sheet of paper.</summary>
    [Function("CardPage")]
    public Task<IResult> RunCardAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "r/{reference}/{key}/carte")] HttpRequest request,
        string reference, string key, CancellationToken cancellationToken) =>
        keys.RunAsync(request, reference, key, managed => Task.FromResult(pages.ShowByKey<CardPage, ManageView>(managed.View)), cancellationToken);

    /// <summary>The link of an SMS. What is no token, such as an icon that a telephone asks for, is no try of a key. What the page does from there on is under the long one.</summary>
    [Function("ShortLinkPage")]
    public Task<IResult> RunShortAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = TokenRoute)] HttpRequest request, string token, CancellationToken cancellationToken) =>
        ManageLink.TryParseToken(token, out var reference, out var key)
            ? RunAsync(request, reference.ToString(), key, cancellationToken)
            : Task.FromResult(info.Find(token) ?? pages.NotFound());
}
