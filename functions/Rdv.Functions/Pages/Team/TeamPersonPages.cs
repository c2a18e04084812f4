using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Functions.Staff;
using Rdv.Pages.Team;
using Rdv.Staff;

namespace Rdv.Functions.Pages.Team;

/// <summary>Somebody of the staff: their roles, their account, and their leaving.</summary>
public sealed class TeamPersonPages(IStaffStore store, ChangeStaff change, TeamDesk desk, PageResults pages, SignInSettings signIn)
{
    [Function("TeamPersonPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "gestion/equipe/{person}")] HttpRequest request,
        string person,
        CancellationToken cancellationToken) => desk.RunAsync(
            request, _ => WithAsync(person, stored => Show(TeamForm.Of(stored), stored.Value, TeamDesk.NoticeOf(request)), cancellationToken), cancellationToken);

    [Function("ChangeTeamPersonPage")]
    public Task<IResult> ChangeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "gestion/equipe/{person}")] HttpRequest request,
        string person,
        CancellationToken cancellationToken) => desk.RunAsync(
            request, (admin, form) => WithAsync(person, stored => ActAsync(stored, admin, form, cancellationToken), cancellationToken), cancellationToken);

    private Task<IResult> ActAsync(Stored<StaffPerson> stored, StaffMember admin, PostedForm form, CancellationToken cancellationToken)
    {
        var (person, typed) = (stored.Value, TeamForm.Of(stored));
        return form[TeamPersonView.ActionField] switch
        {
            TeamPersonView.Remove => DoneAsync(change.RemoveAsync(person.Id, admin.Person, cancellationToken), typed, person, _ => $"{TeamDesk.Home}?fait=retire"),
            TeamPersonView.End => DoneAsync(
                change.EndAsync(person.Id, admin.Person, cancellationToken), typed, person, id => $"{TeamDesk.Home}/{id}?fait=termine"),
            TeamPersonView.Unbind => DoneAsync(change.BindAsync(person.Id, code: null, cancellationToken), typed, person, id => $"{TeamDesk.Home}/{id}?fait=delie"),
            TeamPersonView.Bind => SignInCode.TryParse(form[TeamPersonView.CodeField], out var code)
                ? DoneAsync(change.BindAsync(person.Id, code, cancellationToken), typed, person, id => $"{TeamDesk.Home}/{id}?fait=lie")
                : Show(typed, person, notice: null, "Ce code n'est pas complet. Exemple : K7Q2-9XM4-0H3D-V5ZB."),
            _ => SaveAsync(person, admin, TeamForm.Read(person.Id.Value, field => form[field]), cancellationToken),
        };
    }

    private Task<IResult> SaveAsync(StaffPerson person, StaffMember admin, TeamForm typed, CancellationToken cancellationToken) => DoneAsync(
        change.ReplaceAsync(person.Id, typed.ToForm(), typed.Version.Length > 0 ? typed.Version : null, admin.Person, cancellationToken),
        typed,
        person,
        id => $"{TeamDesk.Home}/{id}?fait=change");

    private async Task<IResult> DoneAsync(Task<Result<StaffChanged>> doing, TeamForm typed, StaffPerson person, Func<StaffId, string> next) => await (await doing).Match(
        done => Task.FromResult(PageResults.SeeOther(next(done.Person.Id))),
        refusal => refusal is Refusal.Invalid { Errors: var errors }
            ? errors.ByField.TryGetValue("code", out var problems)
                ? Show(typed, person, notice: null, problems[0])
                : Show(typed.With(errors), person, notice: null)
            : Task.FromResult(pages.Of(refusal)));

    private Task<IResult> Show(TeamForm form, StaffPerson person, string? notice, string? codeProblem = null) => Task.FromResult(pages.ShowPrivate<TeamPersonPage, TeamPersonView>(
        new TeamPersonView(form, person.Name, TeamAccount.Of(person.Account, LabelOf), TeamAccount.Of(person.Refused, LabelOf), notice) { CodeProblem = codeProblem },
        form.Errors.Any || codeProblem is not null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK));

    private string LabelOf(string provider) => provider == signIn.OpenId?.Name ? signIn.OpenId.Label : provider == PlatformPrincipal.Entra ? PlatformStaffIdentity.EntraLabel : provider;

    private async Task<IResult> WithAsync(string person, Func<Stored<StaffPerson>, Task<IResult>> run, CancellationToken cancellationToken) =>
        StaffId.TryParse(person, out var id) && await store.FindAsync(id, cancellationToken) is { } stored ? await run(stored) : pages.NoSuchPage();
}
