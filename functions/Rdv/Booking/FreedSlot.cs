using NodaTime;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Booking;

/// <summary>A slot that somebody gave back.</summary>
public sealed record FreedSlot(AdvisorId AdvisorId, PlaceId PlaceId, Instant Start, int Minutes, string Topic)
{
    /// <summary>A slot that starts sooner is not offered: people would have to leave before they have read the message.</summary>
    public static readonly Duration Lead = Duration.FromHours(3);

    /// <summary>
    /// What the transaction that gives a slot back writes besides, so that those who wait hear of it. Nothing when it starts too soon, nor for
    /// a seat: the workshop keeps its time, and gives the seat to those who wait for one there.
    /// </summary>
    /// <param name="before">The appointment as it was.</param>
    /// <param name="version">Of the appointment, after the change.</param>
    public static IEnumerable<RowWrite> Rows(Appointment before, int version, Instant now)
    {
        if (before.Seat is null && before.Start - now >= Lead)
        {
            yield return new RowWrite.Insert(FreedChore.Of(
                before.Reference, new FreedSlot(before.AdvisorId, before.PlaceId, before.Start, before.Minutes, before.Topic), version, now));
        }
    }

    /// <summary>The same time for someone who comes about another topic, wants to meet otherwise or needs longer; null when a day has no such time.</summary>
    public WantedSlot? For(string topic, int minutes, Means means, string? home, Territory territory) =>
        WantedSlot.Of(topic, PlaceId, Start.InZone(territory.Zone).LocalDateTime, minutes) is { } slot
        ? slot with { Means = means, Home = home }
        : null;
}
