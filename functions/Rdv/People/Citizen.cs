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
    // A record would print every property: a log line must not carry a person.
    public override string ToString() => $"Citizen {Phone}";
}
