namespace Rdv.Pages.Shared;

/// <summary>Where who has lost the SMS asks for the link again.</summary>
public sealed record LostLinkView(string? Where, string? Phone, FormErrors Errors)
{
    public const string Address = "/lien";
    public const string WhereField = "ou";
    public const string PhoneField = "telephone";

    public static IReadOnlyList<string> Fields { get; } = [PhoneField, WhereField];

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => nameof(LostLinkView);
}
