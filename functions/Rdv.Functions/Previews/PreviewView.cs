using Microsoft.AspNetCore.Http;
using Rdv.Functions.Http;
using Rdv.Previews;

namespace Rdv.Functions.Previews;

/// <summary>What <c>dryRun=true</c> answers where people would be concerned.</summary>
internal static class PreviewView
{
    public static bool IsAsked(HttpRequest request) => request.Query["dryRun"] == "true";

    public static IResult Of(Preview preview) => Json.Ok(new
    {
        DryRun = true,
        Appointments = preview.Appointments.Select(one => new
        {
            Reference = one.Appointment.Reference.ToString(),
            Start = Values.Format(one.Appointment.Start, one.Appointment.Territory),
            Becomes = NameOf(one.Becomes),
            To = one.To?.Value,
            Told = one.Told switch
            {
                Told.Sms => "sms",
                Told.Call => "call",
                Told.Mail => "mail",
                _ => "none",
            },
        }),
        Workshops = preview.Workshops.Select(one => new { Id = one.Workshop.Id.Value, Seats = one.Taken, Becomes = NameOf(one.Becomes) }),
    });

    private static string NameOf(Becomes becomes) => becomes switch
    {
        Becomes.Cancelled => "cancelled",
        Becomes.Reassigned => "reassigned",
        Becomes.Refused => "refused",
        _ => "kept",
    };
}
