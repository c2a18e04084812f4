using NodaTime;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Territories;

namespace Rdv.Agenda;

/// <summary>Whose link for meetings by video has changed.</summary>
public sealed record VideoLinkChore(string Advisor)
{
    /// <returns>Null where it has not, and where there is none to tell.</returns>
    public static Chore? Of(Territory territory, Advisor before, Advisor after, Instant now) =>
        after.Rules?.VideoLink is { } link && link != before.Rules?.VideoLink
            ? Chore.With(
                OpenedHours.SubjectOf(territory, after.Id.Value), ChoreKinds.VideoLink, now + Chore.InHand, after.HoursVersion, new VideoLinkChore(after.Id.Value))
            : null;
}
