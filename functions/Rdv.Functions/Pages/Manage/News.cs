using Microsoft.AspNetCore.Http;
using Rdv.Pages.Manage;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Manage;

/// <summary>The address only says what has just been done; what is true comes from the appointment.</summary>
internal static class News
{
    public static ManageNews Read(HttpRequest request, ManageView view) => view.Card.State switch
    {
        _ when view.ForStaff && request.Query["renvoye"].ToString() is { Length: > 0 } resent => resent switch
        {
            "1" => ManageNews.Resent,
            "appel" => ManageNews.ResentByCall,
            "deja" => ManageNews.AlreadyResent,
            _ => ManageNews.None,
        },
        _ when view.Card.IsEnrolment && request.Query.ContainsKey("seance") => ManageNews.SessionCancelled,
        _ when view.Card.IsEnrolment && !view.Card.MayCancel && request.Query["annule"] == "1" => ManageNews.Cancelled,
        AppointmentState.Cancelled => request.Query["annule"].ToString() switch
        {
            "1" => ManageNews.Cancelled,
            "deja" => ManageNews.AlreadyCancelled,
            _ => ManageNews.None,
        },
        _ when request.Query.ContainsKey("tard") => ManageNews.TooLate,
        AppointmentState.ToCome => (request.Query["nouveau"].ToString(), request.Query["deplace"].ToString()) switch
        {
            ("1", _) => ManageNews.Booked,
            ("deja", _) => ManageNews.AlreadyBooked,
            (_, "1") => ManageNews.Moved,
            _ => ManageNews.None,
        },
        _ => ManageNews.None,
    };
}
