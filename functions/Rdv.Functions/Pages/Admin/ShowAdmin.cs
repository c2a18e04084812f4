using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Directory;
using Rdv.Dispatch;
using Rdv.Functions.Staff;
using Rdv.Pages.Admin;

namespace Rdv.Functions.Pages.Admin;

/// <summary>Whether messages leave, and the way to every structure and agenda. Not under <c>/admin</c>, which is the Functions host's own.</summary>
public sealed class ShowAdmin(PauseDispatch dispatch, SearchDirectory search, StaffPages staff, PageResults pages, FormPages forms)
{
    [Function("AdminPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "gestion")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, AdminView.Address, member => member is StaffMember.Admin, async _ =>
        {
            var query = Query.Text(request, AdminView.Field);
            return pages.ShowPrivate<AdminPage, AdminView>(AdminView.Of(
                await dispatch.ReadAsync(cancellationToken),
                query,
                query is null ? [] : await search.ExecuteAsync(query, cancellationToken),
                Notice(Query.Text(request, "fait"))));
        }, cancellationToken);

    [Function("DispatchPage")]
    public Task<IResult> SwitchAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "gestion/envois")] HttpRequest request, CancellationToken cancellationToken) =>
        forms.RunForAdminAsync(request, AdminView.Address, async form =>
        {
            if (form["faire"] is not ("arreter" or "reprendre") || form["quoi"] is not (AdminView.Sms or AdminView.Mail))
            {
                return null;
            }

            bool? pause = form["faire"] == "arreter";
            await dispatch.ChangeAsync(form["quoi"] == AdminView.Sms ? pause : null, form["quoi"] == AdminView.Mail ? pause : null, cancellationToken);
            return PageResults.SeeOther($"{AdminView.Address}?fait={form["faire"]}");
        }, cancellationToken);

    private static string? Notice(string? done) => done switch
    {
        "arreter" => "L'envoi est arrêté. Les messages attendent\u00a0; ceux qui pressent deviennent des appels.",
        "reprendre" => "L'envoi a repris. Ce qui attendait part dans les minutes qui viennent.",
        _ => null,
    };
}
