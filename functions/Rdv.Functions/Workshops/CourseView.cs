using Rdv.Functions.Http;
using Rdv.Ids;
using Rdv.Workshops;

namespace Rdv.Functions.Workshops;

/// <summary>A course as the staff who plan it read it.</summary>
internal static class CourseView
{
    public static object Of(CourseId id, IEnumerable<Workshop> sessions)
    {
        var all = sessions.ToList();
        return new
        {
            Id = id.Value,
            all[0].Title,
            all[0].Topic,
            all[0].Minutes,
            all[0].Seats,
            CoAdvisorId = all[0].CoAdvisorId?.Value,
            Status = all.TrueForAll(session => session.IsCancelled) ? "cancelled" : "planned",
            Sessions = all.Select(session => new
            {
                WorkshopId = session.Id.Value,
                session.Session!.Value.Number,
                Start = Values.Format(session.Start, session.Territory),
                PlaceId = session.PlaceId.Value,
                Status = session.IsCancelled ? "cancelled" : "planned",
                session.Version,
            }),
        };
    }
}
