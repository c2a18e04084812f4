namespace Rdv.People;

/// <summary>The person who comes.</summary>
/// <param name="Business">The name of their small business, when they come for it.</param>
/// <param name="Needs">What helps them come: wheelchair, sign language, a slower pace.</param>
/// <param name="ReminderTwoHours">They asked for one more reminder, two hours before.</param>
public sealed record Citizen(
    string Name,
    PhoneNumber Phone,
    string? Email = null,
    string? Business = null,
    string? Needs = null,
    bool ReminderTwoHours = false)
{
    /// <summary>In the place of a person who was forgotten: nothing of it is stored.</summary>
    public static Citizen Forgotten { get; } = new("Nom effacé", PhoneNumber.FromE164("effacé"));

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => $"Citizen {Phone}";
}
