using NodaTime;

namespace Rdv.Agenda;

/// <summary>Why an hour is not offered. In the order in which it is looked for: whoever looks at several starts has the one that came farthest.</summary>
public enum NotOffered
{
    /// <summary>Outside opening hours, or too short before they end.</summary>
    Closed,
    Holiday,
    BeyondHorizon,
    TooSoon,
    TopicNotHere,

    /// <summary>These hours are not for the means that were asked for.</summary>
    MeansNotHere,

    /// <summary>By video, and the advisor has given no link.</summary>
    NoVideoLink,

    /// <summary>At home, and the advisor goes to none, or to none that far.</summary>
    TooFar,
    Absence,

    /// <summary>The advisor's own calendar says that they are busy.</summary>
    Calendar,
    Booked,

    /// <summary>Somebody fills in a form, or has been told that it is free again.</summary>
    Held,

    /// <summary>The advisor has as many that day as they take.</summary>
    Full,

    /// <summary>The way from or to another place would take longer.</summary>
    Travel,
    Pause,
    KeptForPhone,
}

/// <param name="Until">When it ends by itself; null when it does not.</param>
public readonly record struct WhyNot(NotOffered Reason, Instant? Until = null);
