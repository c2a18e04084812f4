using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Pages.Advisors;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Advisors;

/// <summary>Sets an advisor's pause, number of appointments a day, and link for meetings by video.</summary>
public sealed class SubmitRules(ChangeBookingRules change, ITerritoryDirectories directories, AgendaPages agendas, PageResults pages)
{
    [Function("BookingRulesPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "advisor/rythme")] HttpRequest request, CancellationToken cancellationToken) =>
        agendas.ChangeAsync(request, async (shown, posted) =>
            (await directories.ReloadAsync(shown.Territory, cancellationToken)).Advisors.GetValueOrDefault(shown.Advisor) is { } advisor
            && new RulesForm(posted[RulesForm.PauseField], posted[RulesForm.PerDayField], posted[RulesForm.VideoField], posted[RulesForm.KilometresField]) is var form
            && form.Over(advisor.Rules) is { } rules
                ? await SaveAsync(request, shown, form, rules, cancellationToken)
                : pages.Refused(),
            cancellationToken);

    private async Task<IResult> SaveAsync(HttpRequest request, ShownAgenda shown, RulesForm form, BookingRules rules, CancellationToken cancellationToken)
    {
        var result = await change.ExecuteAsync(shown.Territory, shown.Advisor, rules, cancellationToken);
        return result.Succeeded(out var changed)
            ? PageResults.SeeOther(shown.Return(request, $"&fait=rythme&dehors={changed.Outside.Count}"))
            : result.Refusal is Refusal.Invalid { Errors: var errors } && errors.ByField.ContainsKey(RulesForm.VideoField)
            ? await agendas.ShowAsync(
                request, shown, cancellationToken, rules: form with { Errors = FormErrors.Of(errors) }, statusCode: StatusCodes.Status400BadRequest)
            : pages.Of(result.Refusal!);
    }
}
