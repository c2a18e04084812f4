using NodaTime;
using Rdv.Absences;
using Rdv.Directory;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Advisors;

/// <summary>The form that closes some hours, as it was typed.</summary>
/// <param name="Colleague">The id of the only one who may take over; empty for any who is free.</param>
public sealed record CloseForm(string? Date, string? From, string? To, string? Reason, InsideMode Inside, FormErrors Errors, string? Colleague = null)
{
    public const string DateField = "date";
    public const string UntilField = "until";
    public const string FromField = "from";
    public const string ToField = "to";
    public const string ReasonField = "reason";
    public const string InsideField = "inside";
    public const string ColleagueField = "colleague";
    public const string SeenField = "vu";

    public static IReadOnlyList<string> Fields { get; } = [DateField, UntilField, FromField, ToField, ReasonField, ColleagueField];

    public static CloseForm Empty { get; } = new(null, null, null, null, InsideMode.Refuse, FormErrors.None);

    /// <summary>The last day, as it was typed; null or empty for the same day.</summary>
    public string? Until { get; init; }

    /// <summary>Who is inside, and what would become of whom; null while nobody is, or nothing was asked.</summary>
    public ClosePreview? Preview { get; init; }

    public bool IsOpen => Errors.Any || Preview is not null;

    /// <summary>What was typed, to be sent once more.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Typed =>
    [
        new(DateField, Date), new(UntilField, Until), new(FromField, From), new(ToField, To), new(ReasonField, Reason), new(InsideField, ValueOf(Inside)), new(ColleagueField, Colleague),
    ];

    public LocalDate? Day => TimeInput.Day(Date);

    /// <param name="value">The posted value of a field; null when there is none.</param>
    public static CloseForm Read(Func<string, string?> value) => Empty with
    {
        Date = value(DateField),
        Until = value(UntilField),
        From = value(FromField),
        To = value(ToField),
        Reason = value(ReasonField),
        Inside = value(InsideField) switch
        {
            "annuler" => InsideMode.Cancel,
            "confier" => InsideMode.Reassign,
            "rappeler" => InsideMode.CallBack,
            _ => InsideMode.Refuse,
        },
        Colleague = value(ColleagueField) is { Length: > 0 } colleague ? colleague : null,
    };

    /// <summary>Without hours, whole days are meant.</summary>
    /// <returns>The beginning and the end in wall time; null, with what is wrong, when they cannot be read.</returns>
    public (LocalDateTime From, LocalDateTime To)? Period(FieldErrors errors)
    {
        var before = errors.Count;
        if (Day is null)
        {
            errors.Add(DateField, "Indiquez le jour.");
        }

        var last = string.IsNullOrEmpty(Until) ? Day : TimeInput.Day(Until);
        if (!string.IsNullOrEmpty(Until) && (last is null || last < Day))
        {
            errors.Add(UntilField, "Le dernier jour vient avant le premier, ou ne se lit pas.");
        }

        var wholeDays = string.IsNullOrEmpty(From) && string.IsNullOrEmpty(To);
        if (!wholeDays && TimeInput.Time(From) is null)
        {
            errors.Add(FromField, "Indiquez l'heure de début. Exemple : 09:00.");
        }

        if (!wholeDays && TimeInput.Time(To) is null)
        {
            errors.Add(ToField, "Indiquez l'heure de fin. Exemple : 12:00.");
        }

        return errors.Count > before || Day is not { } first || last is not { } end ? null
            : wholeDays ? (first.AtMidnight(), end.PlusDays(1).AtMidnight())
            : (first.At(TimeInput.Time(From)!.Value), end.At(TimeInput.Time(To)!.Value));
    }

    /// <summary>Who could take over: those who receive at a place of the advisor's, of the same structure first.</summary>
    public static IReadOnlyList<SelectGroup> ColleaguesOf(Advisor advisor, TerritoryDirectory directory, LocalDate today)
    {
        var places = advisor.Hours.Select(hours => hours.PlaceId).ToHashSet();
        return
        [
            .. directory.Advisors.Values
                .Where(other => other.Id != advisor.Id && !(other.LeavesOn <= today) && other.Hours.Any(hours => places.Contains(hours.PlaceId)))
                .OrderBy(other => other.DisplayName, StringComparer.CurrentCulture)
                .GroupBy(other => other.StructureId == advisor.StructureId)
                .OrderByDescending(group => group.Key)
                .Select(group => new SelectGroup(group.Key ? "Ma structure" : "Autres structures", [.. group.Select(other => new SelectOption(other.Id.Value, other.DisplayName))])),
        ];
    }

    public static string ValueOf(InsideMode mode) => mode switch
    {
        InsideMode.Cancel => "annuler",
        InsideMode.Reassign => "confier",
        InsideMode.CallBack => "rappeler",
        _ => "refuser",
    };
}
