using NodaTime;
using Rdv.Absences;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Advisors;

/// <summary>The form that closes some hours, as it was typed.</summary>
public sealed record CloseForm(string? Date, string? From, string? To, string? Reason, InsideMode Inside, FormErrors Errors)
{
    public const string DateField = "date";
    public const string FromField = "from";
    public const string ToField = "to";
    public const string ReasonField = "reason";
    public const string InsideField = "inside";
    public const string SeenField = "vu";

    public static IReadOnlyList<string> Fields { get; } = [DateField, FromField, ToField, ReasonField];

    public static CloseForm Empty { get; } = new(null, null, null, null, InsideMode.Refuse, FormErrors.None);

    /// <summary>Who is inside, and what would become of whom; null while nobody is, or nothing was asked.</summary>
    public ClosePreview? Preview { get; init; }

    public bool IsOpen => Errors.Any || Preview is not null;

    /// <summary>What was typed, to be sent once more.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Typed =>
    [
        new(DateField, Date), new(FromField, From), new(ToField, To), new(ReasonField, Reason), new(InsideField, ValueOf(Inside)),
    ];

    public LocalDate? Day => TimeInput.Day(Date);

    /// <param name="value">The posted value of a field; null when there is none.</param>
    public static CloseForm Read(Func<string, string?> value) => Empty with
    {
        Date = value(DateField),
        From = value(FromField),
        To = value(ToField),
        Reason = value(ReasonField),
        Inside = value(InsideField) switch
        {
            "annuler" => InsideMode.Cancel,
            "confier" => InsideMode.Reassign,
            _ => InsideMode.Refuse,
        },
    };

    /// <returns>The beginning and the end in wall time; null, with what is wrong, when they cannot be read.</returns>
    public (LocalDateTime From, LocalDateTime To)? Period(FieldErrors errors)
    {
        if (Day is null)
        {
            errors.Add(DateField, "Indiquez le jour.");
        }

        if (TimeInput.Time(From) is null)
        {
            errors.Add(FromField, "Indiquez l'heure de début. Exemple : 09:00.");
        }

        if (TimeInput.Time(To) is null)
        {
            errors.Add(ToField, "Indiquez l'heure de fin. Exemple : 12:00.");
        }

        return Day is { } day && TimeInput.Time(From) is { } from && TimeInput.Time(To) is { } to ? (day.At(from), day.At(to)) : null;
    }

    public static string ValueOf(InsideMode mode) => mode switch
    {
        InsideMode.Cancel => "annuler",
        InsideMode.Reassign => "confier",
        _ => "refuser",
    };
}
