using System.Globalization;
using NodaTime;
using Rdv.Directory;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Advisors;

/// <summary>The week of an advisor as a form: one line a period. What is over stays as it is, and is not shown.</summary>
/// <param name="Version">Of the hours that were shown: whoever changes them meanwhile is not written over.</param>
public sealed record HoursForm(int Version, IReadOnlyList<HoursLine> Lines, FormErrors Errors)
{
    public const string VersionField = "version";
    public const string DoField = "faire";
    public const string SeenField = "vu";
    public const string Look = "voir";
    public const string Save = "enregistrer";
    public const string More = "ajouter";

    /// <summary>Of a button that takes a line away: <c>retirer-2</c>.</summary>
    public const string Remove = "retirer-";

    // As many as hours may have.
    private const int MaxLines = Agenda.ChangeOpeningHours.MaxPeriods;

    public static HoursForm Of(Advisor advisor, LocalDate today, string? place) => WithOneLine(new HoursForm(
        advisor.HoursVersion, [.. Current(advisor, today).Select(HoursLine.Of)], FormErrors.None), place);

    /// <param name="value">The posted value of a field; null when there is none.</param>
    /// <returns>Null when it is no such form.</returns>
    public static HoursForm? Read(Func<string, string?> value) =>
        int.TryParse(value(VersionField), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new HoursForm(version, [.. Enumerable.Range(0, MaxLines).Select(number => HoursLine.Read(number, value)).OfType<HoursLine>()], FormErrors.None)
            : null;

    /// <summary>Every field that an error can be told at.</summary>
    public IReadOnlyCollection<string> Fields =>
        [.. Lines.SelectMany(line => (string[])[line.DaysField, line.FromField, line.ToField, line.PlaceField, line.EveryField, line.StartsField, line.EndsField, line.MeansField])];

    /// <summary>With one more line to fill in.</summary>
    public HoursForm WithMore(string? place) => this with { Lines = [.. Lines, HoursLine.Empty(Next, place)] };

    public HoursForm Without(string line) => this with { Lines = [.. Lines.Where(one => $"{Remove}{one.Number}" != line)] };

    /// <returns>All hours, those that are over included; or the form with what cannot be read.</returns>
    public (IReadOnlyList<OpeningHours>? Hours, HoursForm Form) Parse(Advisor advisor, LocalDate today)
    {
        var errors = new FieldErrors();
        var hours = Lines.Where(line => !line.IsEmpty).Select(line => line.Parse(errors)).ToList();
        return errors.Any
            ? (null, this with { Errors = FormErrors.Of(errors) })
            : ([.. Past(advisor, today), .. hours.OfType<OpeningHours>()], this);
    }

    /// <summary>What the domain says of the hours, at the lines that it means.</summary>
    public HoursForm Refused(Refusal refusal, Advisor advisor, LocalDate today)
    {
        var typed = Lines.Where(line => !line.IsEmpty).ToList();
        var before = Past(advisor, today).Count();
        var errors = new FieldErrors();
        foreach (var (path, messages) in (refusal as Refusal.Invalid)?.Errors.ByField ?? new Dictionary<string, string[]>())
        {
            // [2].placeId
            var place = int.TryParse(path.TrimStart('[').Split(']')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index - before : -1;
            foreach (var message in messages)
            {
                errors.Add(place >= 0 && place < typed.Count ? typed[place].FieldOfProblem(path) : "", message);
            }
        }

        if (refusal is Refusal.Overlap overlap)
        {
            errors.Add("", overlap.Message);
        }

        return this with { Errors = FormErrors.Of(errors) };
    }

    private int Next => Lines.Count == 0 ? 0 : Lines.Max(line => line.Number) + 1;

    private static HoursForm WithOneLine(HoursForm form, string? place) => form.Lines.Count == 0 ? form.WithMore(place) : form;

    private static IEnumerable<OpeningHours> Current(Advisor advisor, LocalDate today) => advisor.Hours.Where(hours => !(hours.EndsOn < today));

    private static IEnumerable<OpeningHours> Past(Advisor advisor, LocalDate today) => advisor.Hours.Where(hours => hours.EndsOn < today);
}
