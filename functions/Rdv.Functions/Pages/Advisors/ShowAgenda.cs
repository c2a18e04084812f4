using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Language;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Advisors;

public sealed class ShowAgenda(AgendaPages agendas)
{
    [Function("AgendaPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "advisor")] HttpRequest request, CancellationToken cancellationToken) =>
        agendas.ReadAsync(request, shown => agendas.ShowAsync(request, shown, cancellationToken, notice: Notice(request)), cancellationToken);

    private static string? Notice(HttpRequest request) => Query.Text(request, "fait") switch
    {
        "ferme" => "C'est fermé\u00a0: personne ne peut plus réserver à ces heures." + Followed(request),
        "rouvert" => "C'est rouvert\u00a0: ces heures peuvent être réservées.",
        "venus" => Query.Number(request, "nombre", otherwise: 0, most: 1000) switch
        {
            0 => "Rien n'a été noté.",
            var count => $"C'est noté pour {Words.People(count)}.",
        },
        "compte" => "C'est noté\u00a0: une personne de plus.",
        "retire" => "C'est retiré.",
        "atelier" => "L'atelier est prévu\u00a0: les personnes peuvent s'inscrire.",
        "cours" => "Le cours est prévu\u00a0: les personnes peuvent s'inscrire." + Skipped(request),
        "cours-annule" => "Le cours est annulé\u00a0: toutes les séances à venir, et les personnes inscrites sont prévenues.",
        "atelier-deplace" => "L'atelier est déplacé." + Told(request),
        "atelier-annule" => "L'atelier est annulé." + Told(request),
        "rythme" => "C'est enregistré." + Outside(request, "ce rythme"),
        "heures" => "C'est enregistré\u00a0: voici vos heures à partir de maintenant." + Outside(request, "ces heures"),
        "semaine" => "C'est fait\u00a0: cette semaine a les heures de l'autre." + Outside(request, "ces heures"),
        "agenda" => "Votre agenda est relié\u00a0: ses heures occupées ne peuvent plus être réservées.",
        "agenda-retire" => "L'agenda est retiré\u00a0: ses heures peuvent de nouveau être réservées.",
        "trop-tot" => "Ce rendez-vous n'a pas encore commencé\u00a0: rien n'a été noté.",
        "annule" => "Ce rendez-vous a été annulé\u00a0: rien n'a été noté.",
        _ => null,
    };

    private static string Told(HttpRequest request) => Query.Number(request, "prevenus", otherwise: 0, most: 1000) switch
    {
        0 => "",
        var count => $" {Words.People(count)} {(count > 1 ? "sont prévenues" : "est prévenue")}.",
    };

    private static string Skipped(HttpRequest request) => string.Concat(request.Query["saute"]
        .Take(Rdv.Ids.CourseId.MaxSessions)
        .Select(Query.ToDate)
        .OfType<LocalDate>()
        .Select(day => $" Le {FrenchDates.Date(day)} est férié\u00a0: la séance a lieu la fois suivante."));

    private static string Outside(HttpRequest request, string what) => Query.Number(request, "dehors", otherwise: 0, most: 1000) switch
    {
        0 => "",
        1 => $" Un rendez-vous déjà pris ne suit pas {what}\u00a0: il reste.",
        var count => $" {count} rendez-vous déjà pris ne suivent pas {what}\u00a0: ils restent.",
    };

    private static string Followed(HttpRequest request)
    {
        var reassigned = Query.Number(request, "confies", otherwise: 0, most: 1000);
        var cancelled = Query.Number(request, "annules", otherwise: 0, most: 1000);
        return (reassigned > 0 ? $" Rendez-vous confiés à un collègue\u00a0: {reassigned}." : "")
            + (cancelled > 0 ? $" Rendez-vous annulés\u00a0: {cancelled}." : "");
    }
}
