using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Days;
using Rdv.Directory;
using Rdv.Functions.Booking;
using Rdv.Functions.Http;
using Rdv.Territories;

namespace Rdv.Functions.Agenda;

/// <summary>One thing in an advisor's agenda, as the API lists it.</summary>
internal static class AgendaLineView
{
    public static object Of(AgendaLine line, Territory territory) => new
    {
        Kind = line.Entry.Kind switch
        {
            EntryKind.Appointment => "appointment",
            EntryKind.Workshop => "workshop",
            EntryKind.Absence => "absence",
            EntryKind.Hold => "hold",
            EntryKind.Calendar => "calendar",
            _ => throw new InvalidOperationException("A kind without a word."),
        },
        Start = Values.Format(line.Start, territory),
        End = Values.Format(line.End, territory),
        Reference = line.Appointment?.Reference.ToString(),
        line.Entry.Topic,
        Means = line.Appointment is { } met ? MeansWords.UnlessPlace(met.Means) : null,
        Home = HomeRef.Of(line.Appointment?.Home, forStaff: true),
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
