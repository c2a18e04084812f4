using NodaTime;

namespace Rdv.Agenda;

/// <summary>Whom an advisor's time is offered to.</summary>
/// <param name="Hold">The id of one's own hold, which does not count. It comes from a client: it frees nothing but a hold.</param>
/// <param name="Moving">The code of an appointment that gives way, which does not count either.</param>
/// <param name="OnWeb">Who asks is no staff: what is kept for the telephone is not for them, but where their own hold keeps it already.</param>
public readonly record struct OfferTo(Instant Now, string? Hold = null, string? Moving = null, bool OnWeb = false)
{
    /// <summary>How they want to meet; null for whichever means there is, where nobody books.</summary>
    public Means? Means { get; init; }

    /// <summary>The INSEE code of the commune of who is met at home; null for all else.</summary>
    public string? Home { get; init; }

    /// <summary>Whether that entry stands in the way.</summary>
    public bool Sees(AgendaEntry entry) => entry.Kind switch
    {
        EntryKind.Hold => entry.Expires > Now && entry.Id != Hold,
        EntryKind.Appointment => entry.Id != Moving,
        _ => true,
    };
}
