using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Local.Samples;

/// <summary>A mailbox for an advisor who is imported without one, in the domain kept for examples (RFC 2606), so that the invites can be seen.</summary>
internal static class SampleMailbox
{
    // An identifier of the directory is letters, digits, points, underscores and hyphens, all valid here.
    public static string Of(AdvisorId advisor, Territory territory) => $"{advisor.Value}@conseillers-{territory.Code}.example".ToLowerInvariant();
}
