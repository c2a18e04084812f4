namespace Rdv.People;

/// <summary>Where an advisor comes to somebody's home. It is in the row of the appointment, and in no text to the citizen.</summary>
/// <param name="Street">Number and street.</param>
/// <param name="Insee">The code of the commune of today.</param>
public sealed record HomeAddress(string Street, string Insee)
{
    // A record would print every property: a log line must not carry an address.
    public override string ToString() => nameof(HomeAddress);
}
