using NodaTime;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Advisors;

/// <summary>The form of a special week, as it was typed.</summary>
/// <param name="Week">A day of the week that changes.</param>
/// <param name="Like">A day of the week whose hours it gets.</param>
public sealed record WeekForm(string? Week, string? Like, FormErrors Errors)
{
    public const string WeekField = "week";
    public const string LikeField = "like";

    public static IReadOnlyList<string> Fields { get; } = [WeekField, LikeField];

    public static WeekForm Empty { get; } = new(null, null, FormErrors.None);

    public LocalDate? WeekDay => TimeInput.Day(Week);

    public LocalDate? LikeDay => TimeInput.Day(Like);
}
