using NodaTime;
using Rdv.Absences;
using Rdv.Pages.Advisors;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Structures;

/// <summary>The form that closes a structure from a day to a day, both included, as it was typed.</summary>
public sealed record ClosureForm(string? From, string? To, string? Reason, InsideMode Inside, FormErrors Errors)
{
    public const string FromField = "from";
    public const string ToField = "to";
    public const string ReasonField = CloseForm.ReasonField;

    public static IReadOnlyList<string> Fields { get; } = [FromField, ToField, ReasonField];

    public static ClosureForm Empty { get; } = new(null, null, null, InsideMode.Refuse, FormErrors.None);

    /// <summary>Who is inside, and what would become of whom; null while nobody is, or nothing was asked.</summary>
    public ClosePreview? Preview { get; init; }

    public bool IsOpen => Errors.Any || Preview is not null;

    /// <summary>What was typed, to be sent once more.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Typed =>
        [new(FromField, From), new(ToField, To), new(ReasonField, Reason), new(CloseForm.InsideField, CloseForm.ValueOf(Inside))];

    /// <param name="value">The posted value of a field; null when there is none.</param>
    public static ClosureForm Read(Func<string, string?> value) => new(value(FromField), value(ToField), value(ReasonField), CloseForm.Read(value).Inside, FormErrors.None);

    /// <returns>The beginning and the end in wall time; null, with what is wrong, when they cannot be read.</returns>
    public (LocalDateTime From, LocalDateTime To)? Period(FieldErrors errors)
    {
        var (from, to) = (TimeInput.Day(From), TimeInput.Day(To is { Length: > 0 } ? To : From));
        if (from is null)
        {
            errors.Add(FromField, "Indiquez le premier jour.");
        }

        if (to is null)
        {
            errors.Add(ToField, "Indiquez le dernier jour.");
        }
        else if (to < from)
        {
            errors.Add(ToField, "Le dernier jour est avant le premier.");
        }

        return from is { } first && to >= from ? (first.AtMidnight(), to.Value.PlusDays(1).AtMidnight()) : null;
    }
}
