using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Directory.Import;
using Rdv.Functions.Http;
using Rdv.Pages.Team;

namespace Rdv.Functions.Pages.Team;

/// <summary>Takes people of the staff from a file, and says first what it would do.</summary>
public sealed class TeamImportPages(ImportStaff import, TeamDesk desk, PageResults pages, RdvSettings settings)
{
    [Function("TeamImportPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "gestion/equipe/import")] HttpRequest request, CancellationToken cancellationToken) =>
        desk.RunAsync(request, _ => Task.FromResult(Show(new TeamImportView(null, IsRehearsal: true, null))), cancellationToken);

    [Function("ImportTeamPage")]
    public Task<IResult> ImportAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "gestion/equipe/import")] HttpRequest request, CancellationToken cancellationToken) =>
        desk.RunAsync(request, async admin =>
        {
            if (await PostedFile.ReadAsync(request, settings, cancellationToken) is not { } form)
            {
                return pages.Refused();
            }

            var isRehearsal = form[TeamImportView.KeepField] != "oui";
            await using var file = form.Files.GetFile(TeamImportView.FileField)?.OpenReadStream() ?? Stream.Null;
            return Show((await import.ExecuteAsync(file, isRehearsal, admin.Person, cancellationToken)).Match(
                report => new TeamImportView(report, isRehearsal, null), refusal => new TeamImportView(null, isRehearsal, ProblemOf(refusal))));
        }, cancellationToken);

    private IResult Show(TeamImportView view) => pages.ShowPrivate<TeamImportPage, TeamImportView>(
        view, view.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static string ProblemOf(Refusal refusal) =>
        refusal is Refusal.Invalid invalid ? string.Join(' ', invalid.Errors.ByField.Values.SelectMany(messages => messages)) : "Le fichier n'a pas été pris.";
}
