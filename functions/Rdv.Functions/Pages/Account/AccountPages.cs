using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Directory;
using Rdv.Functions.Staff;
using Rdv.Pages.Account;

namespace Rdv.Functions.Pages.Account;

/// <summary>Signing in, saying with which role one goes on, and signing out.</summary>
public sealed class AccountPages(IStaffIdentity identity, ITerritoryDirectories directories, StaffPages staff, SiteCookies cookies, PageResults pages, RdvSettings settings)
{
    [Function("SignInPage")]
    public async Task<IResult> SignInAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "connexion")] HttpRequest request, CancellationToken cancellationToken)
    {
        var ways = identity.Ways(AccountAddress.LocalPath(Query.Text(request, AccountAddress.ReturnField), AccountAddress.Home));
        var unknown = PlatformPrincipal.IsOn(request) && await identity.IdentifyAsync(request, cancellationToken) is null;
        return pages.ShowPrivate<SignInPage, SignInView>(new SignInView([.. ways.Select(way => (way.Name, way.Address))], unknown));
    }

    [Function("SignOut")]
    public Task<IResult> SignOutAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "sortir")] HttpRequest request)
    {
        cookies.Delete(request.HttpContext.Response, AccountAddress.Cookie);
        // Not the cookies: the one of the sign-in is still needed where it ends, and others are none of its business (W3C Clear Site Data).
        request.HttpContext.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return Task.FromResult(PageResults.SeeOther(identity.SignOutUrl));
    }

    [Function("RolesPage")]
    public Task<IResult> RolesAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "compte")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, AccountAddress.Home, async members =>
        {
            var (words, chosen) = (new RoleWords(directories), cookies.Read(request, AccountAddress.Cookie));
            var roles = await Task.WhenAll(members.Select(async member =>
                new RoleChoice(member.Role.ToString(), await words.OfAsync(member.Role, cancellationToken), RoleWords.HomeOf(member.Role), member.Role.ToString() == chosen)));
            return pages.ShowPrivate<RolesPage, RolesView>(new RolesView(roles, Query.Text(request, AccountAddress.ReturnField)));
        }, cancellationToken);

    [Function("ChooseRole")]
    public Task<IResult> ChooseAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "compte")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, AccountAddress.Home, async members =>
        {
            if (await PostedForm.ReadAsync(request, settings, cancellationToken) is not { } form
                || members.FirstOrDefault(member => member.Role.ToString() == form[RolesView.RoleField]) is not { Role: var role })
            {
                return pages.Refused();
            }

            cookies.Write(request.HttpContext.Response, AccountAddress.Cookie, role.ToString(), AccountAddress.Lasting);
            return PageResults.SeeOther(AccountAddress.LocalPath(form[RolesView.ReturnField], RoleWords.HomeOf(role)));
        }, cancellationToken);
}
