using System.Globalization;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Functions.Privacy;
using Rdv.Functions.Staff;
using Rdv.Pages.Admin;
using Rdv.Pages.Shared;
using Rdv.Privacy;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Admin;

/// <summary>What a person may ask of their data (docs/privacy.md). The number is in a form, never in an address.</summary>
public sealed class PersonPages(
    ExportPerson export, ErasePerson erase, PersonViews views, ITerritoryDirectories directories, StaffPages staff, PageResults pages, FormPages forms, IClock clock)
{
    // The only role that gets here.
    private const string Admin = "admin";

    [Function("PersonPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "gestion/personne")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(
            request, PersonDataView.Address, member => member is StaffMember.Admin, _ => Task.FromResult(Show(PersonDataView.Empty)), cancellationToken);

    [Function("FindPersonPage")]
    public Task<IResult> FindAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "gestion/personne")] HttpRequest request, CancellationToken cancellationToken) =>
        RunAsync(request, async (view, body) =>
            await (await body.TerritoryAsked().ThenAsync(where => export.ExecuteAsync(body.Phone, where, Admin, cancellationToken))).Match(
                async records => Show(view with { Found = await FoundAsync(records, cancellationToken) }),
                refusal => Task.FromResult(Refused(view, refusal))), cancellationToken);

    [Function("ExportPersonPage")]
    public Task<IResult> ExportAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "gestion/personne/fichier")] HttpRequest request, CancellationToken cancellationToken) =>
        RunAsync(request, async (view, body) =>
            await (await body.TerritoryAsked().ThenAsync(where => export.ExecuteAsync(body.Phone, where, Admin, cancellationToken))).Match(
                async records => (IResult)File(await views.OfAsync(records, cancellationToken)),
                refusal => Task.FromResult(Refused(view, refusal))), cancellationToken);

    [Function("ErasePersonPage")]
    public Task<IResult> EraseAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "gestion/personne/effacer")] HttpRequest request, CancellationToken cancellationToken) =>
        RunAsync(request, async (view, body) =>
            (await body.TerritoryAsked().ThenAsync(where => erase.ExecuteAsync(body.Phone, where, body.Cancel == true, Admin, cancellationToken))).Match(
                erased => Show(view with { Gone = GoneOf(erased) }),
                refusal => Refused(view, refusal)), cancellationToken);

    private Task<IResult> RunAsync(HttpRequest request, Func<PersonDataView, PersonBody, Task<IResult>> run, CancellationToken cancellationToken) =>
        forms.RunForAdminAsync(request, PersonDataView.Address, async form =>
        {
            var territory = form[PersonDataView.TerritoryField] is { } typed && typed.Trim() is { Length: > 0 } code ? code.ToUpperInvariant() : null;
            var view = PersonDataView.Empty with { Phone = form[PersonDataView.PhoneField], Territory = territory };
            return await run(view, new PersonBody(view.Phone, territory, form[PersonDataView.CancelField] is not null));
        }, cancellationToken);

    private async Task<FoundPerson> FoundAsync(PersonRecords records, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var cards = new List<AppointmentCard>();
        foreach (var appointment in records.Appointments)
        {
            cards.Add(AppointmentCard.Of(appointment, await directories.GetAsync(appointment.Territory, cancellationToken), now));
        }

        return new FoundPerson(records.Phone.ToNational(), cards, records.Waiting.Count, records.CallsToMake.Count + records.CallsMade.Count);
    }

    private IResult Refused(PersonDataView view, Refusal refusal) => refusal switch
    {
        Refusal.Invalid invalid => Show(view with { Errors = FormErrors.Of(invalid.Errors) }, StatusCodes.Status400BadRequest),
        Refusal.StillToCome => Show(
            view with { Errors = FormErrors.Of(PersonDataView.CancelField, "Cette personne a un rendez-vous à venir. Cherchez-la de nouveau, et cochez la case pour l'annuler.") },
            StatusCodes.Status409Conflict),
        _ => pages.Of(refusal),
    };

    private static PersonGone GoneOf(PersonErased erased) => new(
        erased.Erased.Count,
        erased.Cancelled.Count,
        erased.Waiting,
        erased.Calls,
        erased.Until is { } until ? Words.Moment(until.InZone(erased.Cancelled[0].Territory.Zone).LocalDateTime) : null);

    private IResult Show(PersonDataView view, int statusCode = StatusCodes.Status200OK) => pages.ShowPrivate<PersonDataPage, PersonDataView>(view, statusCode);

    private NotStored File(PersonView person) => new NotStored(TypedResults.File(
        JsonSerializer.SerializeToUtf8Bytes(person, Json.Options),
        MediaTypeNames.Application.Json,
        string.Create(CultureInfo.InvariantCulture, $"donnees-personnelles-{clock.GetCurrentInstant().InUtc().Date:uuuu-MM-dd}.json")));

    private sealed class NotStored(IResult file) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = "no-store";
            return file.ExecuteAsync(httpContext);
        }
    }
}
