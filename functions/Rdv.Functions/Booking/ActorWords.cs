using Rdv.People;

namespace Rdv.Functions.Booking;

/// <summary>The words of the contract for who acts.</summary>
internal static class ActorWords
{
    public static string Of(Actor actor) => actor switch
    {
        Actor.Citizen => "citizen",
        Actor.Hotline => "hotline",
        Actor.Advisor => "advisor",
        _ => throw new ArgumentOutOfRangeException(nameof(actor)),
    };

    /// <summary>The channel by which an appointment was booked.</summary>
    public static string ChannelOf(Actor actor) => actor switch
    {
        Actor.Citizen => "web",
        Actor.Hotline => "phone",
        Actor.Advisor => "advisor",
        _ => throw new ArgumentOutOfRangeException(nameof(actor)),
    };
}
