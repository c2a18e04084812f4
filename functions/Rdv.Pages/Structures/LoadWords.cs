using NodaTime;
using Rdv.Load;

namespace Rdv.Pages.Structures;

/// <summary>What figures come to, in sentences that one could say.</summary>
public static class LoadWords
{
    // Of fewer mornings nothing is a habit.
    private const int FewestTimes = 3;
    private const int FewestOutcomes = 10;
    private const double FewTaken = 0.6;

    private static readonly string[] Months = ["janv.", "févr.", "mars", "avril", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."];
    private static readonly string[] Days = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

    private static readonly (double Share, string Words)[] Shares =
    [
        (0, "aucune place n'est prise"),
        (0.1, "une place sur dix est prise"),
        (0.2, "une place sur cinq est prise"),
        (0.25, "une place sur quatre est prise"),
        (0.33, "une place sur trois est prise"),
        (0.5, "une place sur deux est prise"),
        (0.67, "deux places sur trois sont prises"),
    ];

    /// <param name="fewestMeetings">Of a half-day with fewer nothing is told.</param>
    public static IReadOnlyList<string> Of(LoadPicture picture, LoadCounts counts, int unmet, int fewestMeetings)
    {
        var halves = picture.HalfDays.Where(half => half.Times >= FewestTimes && half.Meetings >= fewestMeetings).ToList();
        var sentences = new List<string>();
        var full = halves.Where(half => half.Full * 2 >= half.Times).MaxBy(half => ((double)half.Full / half.Times, half.Share));
        if (full is not null)
        {
            sentences.Add(full.Full == full.Times ? $"Le {Name(full)} est toujours plein." : $"Le {Name(full)} est plein {full.Full} fois sur {full.Times}.");
        }

        if (halves.Where(half => half != full && half.Share < FewTaken).MinBy(half => half.Share) is { } empty)
        {
            sentences.Add($"Le {Name(empty)}, {Shares.MinBy(one => Math.Abs(one.Share - empty.Share)).Words}.");
        }

        if (counts.Kept + counts.Missed >= FewestOutcomes && counts.Missed > 0)
        {
            sentences.Add($"Une personne sur {Math.Max(2, (int)Math.Round((double)(counts.Kept + counts.Missed) / counts.Missed))} ne vient pas.");
        }

        if (unmet > 0)
        {
            sentences.Add(unmet == 1 ? "Une demande n'a pas trouvé de place." : $"{unmet} demandes n'ont pas trouvé de place.");
        }

        return sentences;
    }

    /// <summary>What may be said of it: nothing of what is not told.</summary>
    public static LoadCounts Told(Disclosed counts) => counts is { Kept: { } kept, Missed: { } missed } ? new LoadCounts(0, 0, 0, kept, missed, 0, 0) : default;

    /// <summary><c>jeudi après-midi</c>.</summary>
    public static string Name(HalfDayFigures half) => $"{Name(half.Day)} {(half.IsAfternoon ? "après-midi" : "matin")}";

    public static string Name(IsoDayOfWeek day) => Days[(int)day - 1];

    /// <summary><c>24 nov.</c>.</summary>
    public static string Day(LocalDate date) => $"{(date.Day == 1 ? "1er" : date.Day)}\u00a0{Months[date.Month - 1]}";

    public static string DayWithYear(LocalDate date) => $"{Day(date)}\u00a0{date.Year:0000}";

    public static string Delay(int? days) => days switch
    {
        null => "pas de place",
        0 => "aujourd'hui",
        1 => "demain",
        _ => $"dans {days}\u00a0jours",
    };
}
