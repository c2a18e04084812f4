using Rdv.Pages.Shared;

namespace Rdv.Pages.Advisors;

/// <summary>The form that takes up an advisor's own calendar, as it was typed.</summary>
public sealed record CalendarForm(string? Address, FormErrors Errors)
{
    public const string AddressField = "address";

    public static IReadOnlyList<string> Fields { get; } = [AddressField];

    public static CalendarForm Empty { get; } = new(null, FormErrors.None);

    // The address is a secret: a record would print it.
    public override string ToString() => nameof(CalendarForm);
}
