using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Pages.Manage;

namespace Rdv.Functions.Pages.Manage;

public sealed class ShowAppointment(ManagedAppointments appointments, PageResults pages)
{
    [Function("AppointmentPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "r/{reference}/{key}")] HttpRequest request,
        string reference, string key, CancellationToken cancellationToken) => pages.RunAsync(async () =>
        await appointments.FindAsync(reference, key, cancellationToken) is var (_, view)
            ? pages.ShowByKey<ManagePage, ManageView>(view with { News = Said(request, view) })
            : pages.NotFound());

    // The address only says what has just been done; what is true comes from the appointment.
    private static ManageNews Said(HttpRequest request, ManageView view) => request.Query switch
    {
        var query when view.Card.State == Rdv.Pages.Shared.AppointmentState.Cancelled => query["annule"].ToString() switch
        {
            "1" => ManageNews.Cancelled,
            "deja" => ManageNews.AlreadyCancelled,
            _ => ManageNews.None,
        },
        var query when query.ContainsKey("tard") => ManageNews.TooLate,
        var query when view.Card.State == Rdv.Pages.Shared.AppointmentState.ToCome => (query["nouveau"].ToString(), query["deplace"].ToString()) switch
        {
            ("1", _) => ManageNews.Booked,
            ("deja", _) => ManageNews.AlreadyBooked,
            (_, "1") => ManageNews.Moved,
            _ => ManageNews.None,
        },
        _ => ManageNews.None,
    };
}
