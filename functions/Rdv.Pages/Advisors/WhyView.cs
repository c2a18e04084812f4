using NodaTime;
using NodaTime.Text;
using Rdv.Agenda;
using Rdv.Language;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Advisors;

/// <summary>Half hours in a row that have the same reason.</summary>
/// <param name="IsOffered">An appointment may start then.</param>
/// <param name="Place">Null where nobody is received.</param>
public sealed record WhyRun(string Hours, string Reason, bool IsOffered, string? Place);

public sealed record WhyDay(string Title, IReadOnlyList<WhyRun> Runs);

/// <summary>« Pourquoi cette heure n'est-elle pas proposée ? », for a week of an advisor.</summary>
public sealed record WhyView(
    string Advisor, string Title, string Topic, IReadOnlyList<WhyDay> Days, string Previous, string Next, string ThisWeek)
{
    /// <param name="query">What names the advisor in the address, for those whose agenda it is not.</param>
    public static WhyView Of(WeekExplained week, string query) => new(
        week.Advisor.DisplayName,
        $"Semaine du {FrenchDates.DateWithYear(week.Monday)}",
        week.Topic.Label,
        [.. week.Days.Select(day => new WhyDay(FrenchDates.Date(day.Date), Runs(day, week)))],
        Address(week.Monday.PlusDays(-7), query),
        Address(week.Monday.PlusDays(7), query),
        "/advisor/pourquoi" + (query.Length > 0 ? "?" + query[1..] : ""));

    /// <summary>Of the page of that week.</summary>
    public static string Address(LocalDate monday, string query) => $"/advisor/pourquoi?du={LocalDatePattern.Iso.Format(monday)}{query}";

    // The night says nothing: from the first half hour that is open to the last.
    private static List<WhyRun> Runs(DayExplained day, WeekExplained week)
    {
        var open = day.HalfHours.Where(half => half.Why?.Reason != NotOffered.Closed).ToList();
        var shown = open.Count == 0 ? [] : day.HalfHours.Where(half => half.Start >= open[0].Start && half.Start <= open[^1].Start).ToList();
        var runs = new List<WhyRun>();
        for (var i = 0; i < shown.Count;)
        {
            var (first, next) = (shown[i], i + 1);
            while (next < shown.Count && shown[next].Why == first.Why && shown[next].PlaceId == first.PlaceId)
            {
                next++;
            }

            runs.Add(new WhyRun(
                Words.Hours(first.Start, shown[next - 1].Start.PlusMinutes(30)),
                first.Why is { } why ? ReasonOf(why, week) : "Proposée",
                first.Why is null,
                first.PlaceId is { } place ? week.Directory.Places.GetValueOrDefault(place)?.ShownName : null));
            i = next;
        }

        return runs;
    }

    private static string ReasonOf(WhyNot why, WeekExplained week) => why.Reason switch
    {
        NotOffered.Closed => "Fermé : hors des heures d'ouverture, ou trop près de la fermeture",
        NotOffered.Holiday => "Jour férié",
        NotOffered.BeyondHorizon => "Trop loin : on ne réserve pas encore à cette date",
        NotOffered.TooSoon => "Passé, ou trop proche pour réserver",
        NotOffered.TopicNotHere => "Ce sujet n'est pas proposé à cette heure",
        NotOffered.MeansNotHere => "Pas de rendez-vous de cette façon à cette heure",
        NotOffered.NoVideoLink => "En vidéo seulement, et le lien vidéo du conseiller manque",
        NotOffered.TooFar => "À domicile seulement, et le conseiller ne va pas si loin, ou pas encore",
        NotOffered.Absence => "Absence ou fermeture",
        NotOffered.Calendar => "Occupé, d'après l'agenda du conseiller",
        NotOffered.Booked => "Déjà réservé",
        NotOffered.Held => "Gardé pour une personne" + Until(why, week),
        NotOffered.Full => "Journée complète : le nombre de rendez-vous par jour est atteint",
        NotOffered.Travel => "Trajet : un rendez-vous dans un autre lieu est trop proche",
        NotOffered.Pause => "Pause entre deux rendez-vous",
        NotOffered.KeptForPhone => "Gardé pour le téléphone" + Until(why, week),
        _ => throw new ArgumentOutOfRangeException(nameof(why)),
    };

    private static string Until(WhyNot why, WeekExplained week) => why.Until is { } until
        ? $" jusqu'au {Words.Moment(until.InZone(week.Directory.Territory.Zone).LocalDateTime)}"
        : "";
}
