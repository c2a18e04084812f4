using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Functions.Pages.Manage;
using Rdv.Language;
using Rdv.Pages.Hotline;

namespace Rdv.Functions.Pages.Hotline;

/// <summary>A letter to post, for who has neither SMS nor mail. What is typed of an address is printed, and stored nowhere.</summary>
public sealed class HotlineLetter(StaffPages staff, FormPages forms, PageResults pages, IClock clock)
{
    [Function("HotlineLetterPage")]
    public Task<IResult> AskAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "hotline/rendez-vous/{reference}/lettre")] HttpRequest request,
        string reference, CancellationToken cancellationToken) =>
        staff.ForCallerAsync(request, reference, managed => Task.FromResult(Show(managed, to: null)), cancellationToken);

    [Function("HotlineSubmitLetterPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/rendez-vous/{reference}/lettre")] HttpRequest request,
        string reference, CancellationToken cancellationToken) =>
        forms.RunForHotlineAsync(request, "/hotline", async (_, form) =>
            form[LetterView.Field] is { Length: <= LetterView.MaxLength } to
                ? await staff.ForCallerAsync(request, reference, managed => Task.FromResult(Show(managed, string.IsNullOrWhiteSpace(to) ? null : to.Trim())), cancellationToken)
                : null, cancellationToken);

    private IResult Show(Managed managed, string? to) => pages.ShowPrivate<LetterPage, LetterView>(new LetterView(
        managed.View, FrenchDates.DateWithYear(clock.GetCurrentInstant().InZone(managed.Appointment.Territory.Zone).Date), to));
}
