using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Functions.Pages.Manage;
using Rdv.Hotline;
using Rdv.Ids;
using Rdv.Pages.Hotline;
using Rdv.Pages.Shared;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Hotline;

public sealed class HotlineSearchPage(FindAppointments find, ManagedAppointments appointments, StaffPages staff, FormPages forms, PageResults pages)
{
    // 3949 is one that nobody can be called at.
    private const int FewestDigits = 4;

    [Function("HotlinePage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "hotline")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(
            request, "/hotline", member => member.MayUseHotline, _ => Task.FromResult(pages.ShowPrivate<HotlinePage, HotlineView>(new HotlineView())), cancellationToken);

    [Function("HotlineSearchPage")]
    public Task<IResult> SearchAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline")] HttpRequest request, CancellationToken cancellationToken) =>
        forms.RunForHotlineAsync(request, "/hotline", async (_, form) =>
        {
            var (search, view) = Read(form);
            return await ShowAsync(search, view, await find.ExecuteAsync(search, cancellationToken), cancellationToken);
        }, cancellationToken);

    private async Task<IResult> ShowAsync(CallerSearch search, HotlineView view, Result<CallerAppointments> result, CancellationToken cancellationToken) =>
        result.Succeeded(out var found) ? pages.ShowPrivate<HotlinePage, HotlineView>(view with
        {
            Results = await CardsAsync(found.Appointments, cancellationToken),
            InTrouble = found.InTrouble.Count == 0 ? null : found.InTrouble.Codes(),
        })
        : view.ByName ? Wrong(view, HotlineView.NameField, "Indiquez le nom et le département.")
        : Wrong(view with { Phone = null }, HotlineView.QueryField, MessageOf(search, result.Refusal!));

    private IResult Wrong(HotlineView view, string field, string message) => pages.ShowPrivate<HotlinePage, HotlineView>(
        view with { Errors = FormErrors.Of(field, message) }, StatusCodes.Status400BadRequest);

    /// <summary>Of what has digits like a number, what is wrong with the number.</summary>
    private static string MessageOf(CallerSearch search, Refusal refusal) =>
        search.Phone?.Count(char.IsAsciiDigit) >= FewestDigits && refusal is Refusal.Invalid { Errors: var errors } && errors.ByField.TryGetValue("phone", out var messages)
            ? messages[0]
            : "Ce n'est ni un numéro de téléphone ni une référence. Exemples : 06 39 98 12 34, 69-K7Q2-9XM4.";

    private static (CallerSearch Search, HotlineView View) Read(PostedForm form)
    {
        if (form[HotlineView.NameField] is { } name)
        {
            var territory = Territory.TryParse(form[HotlineView.TerritoryField], out var parsed) ? parsed : (Territory?)null;
            return (
                new CallerSearch(Territory: territory, Date: Query.ToDate(form[HotlineView.DayField]), Name: name.Trim()),
                new HotlineView(Name: name, Territory: form[HotlineView.TerritoryField], Day: form[HotlineView.DayField]));
        }

        var text = form[HotlineView.QueryField]?.Trim();

        return AppointmentReference.TryParseUnlessNumber(text, out _) || ManageLink.TryFindReference(text, out _)
            ? (new CallerSearch(Reference: text), new HotlineView(text))
            : (new CallerSearch(Phone: text), new HotlineView(text, Phone: FindAppointments.NumbersOf(text, territory: null) is [var phone] ? phone.ToNational() : null));
    }

    private async Task<IReadOnlyList<AppointmentCard>> CardsAsync(IReadOnlyList<Appointment> found, CancellationToken cancellationToken)
    {
        var cards = new List<AppointmentCard>(found.Count);
        foreach (var appointment in found)
        {
            cards.Add(await appointments.CardAsync(appointment, cancellationToken));
        }

        return cards;
    }
}
