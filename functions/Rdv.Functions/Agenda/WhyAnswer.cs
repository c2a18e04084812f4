using NodaTime.Text;
using Rdv.Agenda;
using Rdv.Functions.Http;

namespace Rdv.Functions.Agenda;

/// <summary>Why hours of a week are not offered, for programs.</summary>
internal static class WhyAnswer
{
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static object Of(WeekExplained week) => new
    {
        AdvisorId = week.Advisor.Id.Value,
        Topic = week.Topic.Id,
        From = Values.Format(week.Monday),
        Days = week.Days.Select(day => new
        {
            Date = Values.Format(day.Date),
            HalfHours = day.HalfHours.Select(half => new
            {
                Start = Time.Format(half.Start),
                Reason = half.Why is { } why ? NameOf(why.Reason) : null,
                Until = half.Why?.Until is { } until ? Values.Format(until, week.Directory.Territory) : null,
                PlaceId = half.PlaceId?.Value,
            }),
        }),
    };

    private static string NameOf(NotOffered reason) => reason switch
    {
        NotOffered.Closed => "closed",
        NotOffered.Holiday => "holiday",
        NotOffered.BeyondHorizon => "beyond-horizon",
        NotOffered.TooSoon => "too-soon",
        NotOffered.TopicNotHere => "topic-not-here",
        NotOffered.MeansNotHere => "means-not-here",
        NotOffered.NoVideoLink => "no-video-link",
        NotOffered.TooFar => "too-far",
        NotOffered.Absence => "absence",
        NotOffered.Calendar => "calendar",
        NotOffered.Booked => "booked",
        NotOffered.Held => "held",
        NotOffered.Full => "full",
        NotOffered.Travel => "travel",
        NotOffered.Pause => "pause",
        NotOffered.KeptForPhone => "kept-for-phone",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
