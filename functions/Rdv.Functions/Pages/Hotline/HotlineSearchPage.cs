using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Hotline;
using Rdv.Pages.Hotline;
using Rdv.Pages.Shared;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Hotline;

/// <summary>The page of a call. A POST though nothing changes: what is typed names a person.</summary>
public sealed class HotlineSearchPage(FindAppointments find, CallerDesk desk, StaffPages staff, FormPages forms, PageResults pages)
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
        forms.RunForHotlineAsync(request, "/hotline", async (_, form) => form[HotlineView.QueryField]?.Trim() is { } text
            ? await ReadAsync(text, cancellationToken)
            : form[HotlineView.NameField] is { } name ? await FindByNameAsync(name.Trim(), form, cancellationToken)
            : await GoOnAsync(form, cancellationToken), cancellationToken);

    private async Task<IResult> ReadAsync(string text, CancellationToken cancellationToken)
    {
        var view = new HotlineView { Query = text };
        if (text.Length == 0)
        {
            return await desk.ShowAsync(Wrong(view, "Tapez un numéro, un nom, une référence ou une commune."), cancellationToken);
        }

        return await (TypedCaller.Read(text) switch
        {
            TypedCaller.Person person => FindAsync(
                person.Search,
                person.Search.Name is { } name
                    ? view with { Name = name, Territory = person.Search.Territory?.Code }
                    : view with { Form = new CallerForm { Phone = person.Phone } },
                cancellationToken),
            TypedCaller.Where(var territory, var commune) => desk.ShowAsync(
                view with { Form = new CallerForm { Territory = territory, Insee = commune?.Insee, Topic = Topics.All[0] } }, cancellationToken),
            TypedCaller.Unclear { Name: null, Communes.Count: 0 } => desk.ShowAsync(Wrong(view, MessageOf(text, null)), cancellationToken),
            TypedCaller.Unclear unclear => desk.ShowAsync(view with { Name = unclear.Name, Matches = unclear.Communes }, cancellationToken),
            _ => throw new System.Diagnostics.UnreachableException("Typed and not read."),
        });
    }

    private Task<IResult> FindByNameAsync(string name, PostedForm form, CancellationToken cancellationToken) => FindAsync(
        new CallerSearch(
            Territory: CallerPlace.TerritoryOf(form[HotlineView.TerritoryField]), Date: Query.ToDate(form[HotlineView.DayField]), Name: name),
        new HotlineView { Name = name, Territory = form[HotlineView.TerritoryField], Day = form[HotlineView.DayField] },
        cancellationToken);

    /// <summary>The same call, with another place, topic or filter.</summary>
    private async Task<IResult> GoOnAsync(PostedForm form, CancellationToken cancellationToken)
    {
        var caller = CallerForm.Read(field => form[field]);
        var place = CallerPlace.Find(form);
        return await desk.ShowAsync(
            place.Territory is null && form[HotlineView.WhereField] is not null
                ? CallerPlace.AskAgain(form, place.Matches, forWorkshops: false)
                : new HotlineView { Form = caller with { Territory = place.Territory, Insee = place.Commune?.Insee } },
            cancellationToken);
    }

    private async Task<IResult> FindAsync(CallerSearch search, HotlineView view, CancellationToken cancellationToken)
    {
        var result = await find.ExecuteAsync(search, cancellationToken);
        if (!result.Succeeded(out var found))
        {
            return view.ByName
                ? await desk.ShowAsync(view with { Errors = FormErrors.Of(HotlineView.NameField, "Indiquez le nom et le département.") }, cancellationToken)
                : await desk.ShowAsync(Wrong(view with { Form = new CallerForm() }, MessageOf(search.Phone, result.Refusal)), cancellationToken);
        }

        var all = search.Reference is not null && found.Appointments is [var named] ? await AllOfAsync(named, cancellationToken) : found.Appointments;
        return await desk.ShowAsync(view with { Callers = [], InTrouble = found.InTrouble.Count == 0 ? null : found.InTrouble.Codes() }, all, cancellationToken);
    }

    /// <summary>Who names a reference may have more than that one.</summary>
    private async Task<IReadOnlyList<Appointment>> AllOfAsync(Appointment named, CancellationToken cancellationToken) =>
        (await find.ExecuteAsync(new CallerSearch(Phone: named.Citizen.Phone.E164, Territory: named.Territory), cancellationToken)).Succeeded(out var all)
            ? [named, .. all.Appointments.Where(other => other.Reference != named.Reference)]
            : [named];

    private static HotlineView Wrong(HotlineView view, string message) => view with { Errors = FormErrors.Of(HotlineView.QueryField, message) };

    /// <summary>Of what has digits like a number, what is wrong with the number.</summary>
    private static string MessageOf(string? text, Refusal? refusal) =>
        text?.Count(char.IsAsciiDigit) >= FewestDigits && refusal is Refusal.Invalid { Errors: var errors } && errors.ByField.TryGetValue("phone", out var messages)
            ? messages[0]
            : "Nous ne reconnaissons pas cela. Exemples : 06 39 98 12 34, 69-K7Q2-9XM4, Renée Fictive 69, Vaulx-en-Velin.";
}
