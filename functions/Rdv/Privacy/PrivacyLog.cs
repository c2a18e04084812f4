using NodaTime;
using Rdv.Appointments;
using Rdv.People;
using Rdv.Territories;

namespace Rdv.Privacy;

/// <summary>That somebody asked for what is stored about a person, or had it erased.</summary>
/// <param name="Kind">One of <see cref="PrivacyKinds"/>.</param>
/// <param name="By">The role: <c>admin</c>.</param>
/// <param name="Person">Of the number that was asked about; never the number.</param>
/// <param name="Territory">Where it was looked for; null for everywhere.</param>
public sealed record PrivacyRequest(Instant At, string Kind, string By, PhoneIndex Person, Territory? Territory)
{
    /// <summary>Who of the staff it was; an id that says nothing of them.</summary>
    public string? Who { get; init; } = Acting.Who;
}

public static class PrivacyKinds
{
    public const string Export = "export";
    public const string Erase = "erase";
}

/// <summary>Keeps what was asked about people's data.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface IPrivacyLog
{
    /// <summary>Before anything is shown or erased: who has asked is known, whatever goes wrong then. An erasure that is refused is none.</summary>
    Task WriteAsync(PrivacyRequest request, CancellationToken cancellationToken);

    /// <summary>What was asked before that instant is deleted: one query, and one request for each.</summary>
    Task ForgetAsync(Instant before, CancellationToken cancellationToken);
}
