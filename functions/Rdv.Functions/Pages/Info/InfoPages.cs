using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Functions.Http;
using Rdv.Pages.Info;

namespace Rdv.Functions.Pages.Info;

/// <summary>The pages that a public site owes to who visits it.</summary>
public sealed class InfoPages(PageResults pages, RdvSettings settings)
{
    private readonly InfoView view = new([.. settings.LegalNotice.Split(['\n', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)], settings.PrivacyDays);

    [Function("PlanPage")]
    public IResult ShowPlan([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "plan")] HttpRequest request) => Show<PlanPage>();

    [Function("EasyPage")]
    public IResult ShowEasy([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "facile")] HttpRequest request) => Show<EasyPage>();

    /// <summary>
    /// Those whose names are as long as the token of a link, whose route they share (<see cref="Manage.ShowAppointment"/>): which of two routes that fit
    /// comes first is the host's to say.
    /// </summary>
    /// <returns>Null when there is none of that name.</returns>
    public IResult? Find(string name) => name switch
    {
        "accessibilite" => Show<AccessibilityPage>(),
        "mentions-legales" => Show<LegalPage>(),
        "donnees-personnelles" => Show<PersonalDataPage>(),
        _ => null,
    };

    private IResult Show<TPage>()
        where TPage : Rdv.Pages.Shared.PageOf<InfoView> => pages.Show<TPage, InfoView>(view).Compress();
}
