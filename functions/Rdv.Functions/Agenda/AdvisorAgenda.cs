using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Invites;
using Rdv.Territories;

namespace Rdv.Functions.Agenda;

/// <summary>An advisor's agenda, with the people in it.</summary>
public sealed class AdvisorAgenda(ReadAgenda readAgenda, FeedTokens feedTokens, RdvSettings settings, StaffOnly staff)
{
    [Function("AdvisorAgenda")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/advisors/{territory}/{id}/agenda")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken)
    {
        var known = Territory.TryParse(territory, out var where) & DirectoryIds.IsValid(id);
        var advisor = new AdvisorId(id);
        return staff.RunAsync(request, member => !known || member.MayReadAgenda(where, advisor), async member =>
        {
            if (!known)
            {
                return Problems.NotFound();
            }

            var errors = new FieldErrors();
            var from = Values.Day(request, "from", errors);
            var days = Values.Number(request, "days", ReadAgenda.DefaultDays, errors);
            if (errors.Any)
            {
                return Problems.Invalid(errors);
            }

            return await readAgenda.ExecuteAsync(where, advisor, from, days, cancellationToken) switch
            {
                AgendaOutcome.Found found => Json.Ok(new
                {
                    Entries = found.Lines.Select(line => View(line, where)),

                    // The address of the feed opens it: only its owner gets it.
                    Feed = member is StaffMember.Advisor ? $"{settings.SiteBaseUrl}/calendars/{feedTokens.Of(where, advisor)}.ics" : null,
                }),
                AgendaOutcome.NotFound => Problems.NotFound(),
                AgendaOutcome.Invalid invalid => Problems.Invalid(invalid.Errors),
                _ => throw new InvalidOperationException("An outcome without an answer."),
            };
        }, cancellationToken);
    }

    private static object View(AgendaLine line, Territory territory) => new
    {
        Kind = line.Entry.Kind switch
        {
            EntryKind.Appointment => "appointment",
            EntryKind.Workshop => "workshop",
            EntryKind.Absence => "absence",
            EntryKind.Hold => "hold",
            _ => throw new InvalidOperationException("A kind without a word."),
        },
        Start = Values.Format(line.Start, territory),
        End = Values.Format(line.End, territory),
        Reference = line.Appointment?.Reference.ToString(),
        line.Entry.Topic,
        PlaceId = line.Entry.PlaceId?.Value,
        Status = line.Entry.Kind != EntryKind.Appointment ? null : line.Entry.Outcome switch
        {
            EntryOutcome.Kept => "kept",
            EntryOutcome.Missed => "missed",
            _ => "booked",
        },
        line.Appointment?.Citizen.Name,
        Phone = line.Appointment?.Citizen.Phone.E164,
        line.Appointment?.Citizen.Needs,
        line.Appointment?.Note,
        SeatsTaken = line.Entry.Seats?.Taken,
        Seats = line.Entry.Seats?.Count,
        line.Entry.Seats?.Title,
        WorkshopId = line.Entry.Kind == EntryKind.Workshop ? line.Entry.Id : null,
        Attendees = line.Attendees?.Select(attendee => new
        {
            Reference = attendee.Reference.ToString(),
            attendee.Citizen.Name,
            Phone = attendee.Citizen.Phone.E164,
            attendee.Citizen.Needs,
            attendee.Note,
            Status = attendee.Status switch { AppointmentStatus.Kept => "kept", AppointmentStatus.Missed => "missed", _ => "booked" },
        }),
    };
}
