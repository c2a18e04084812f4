using Microsoft.AspNetCore.Http;
using Rdv.Appointments;
using Rdv.Functions.Http;
using Rdv.Functions.Pages.Manage;
using Rdv.Functions.Staff;

namespace Rdv.Functions.Pages;

/// <summary>
/// Lets staff in: a visitor signs in first and comes back, who has no role reads what to do, another role that the page is not theirs. Who may see
/// it in several ways says once which one they mean.
/// </summary>
public sealed class StaffPages(IStaffIdentity identity, SiteCookies cookies, ManagedAppointments appointments, PageResults pages)
{
    public Task<IResult> RunAsync(
        HttpRequest request, string home, Func<StaffMember, bool> may, Func<StaffMember, Task<IResult>> run, CancellationToken cancellationToken) =>
        RunAsync(request, home, members => Choose(request, [.. members.Where(may)]) switch
        {
            [var member] => run(member),
            [] => Task.FromResult(pages.Forbidden(identity.SwitchUrl(ReturnTo(request, home)))),
            _ => Task.FromResult(PageResults.SeeOther(AccountAddress.Choice(ReturnTo(request, home)))),
        }, cancellationToken);

    /// <param name="run">Takes all that they are, one at least.</param>
    public async Task<IResult> RunAsync(HttpRequest request, string home, Func<IReadOnlyList<StaffMember>, Task<IResult>> run, CancellationToken cancellationToken) =>
        await identity.IdentifyAsync(request, cancellationToken) switch
        {
            null => PageResults.SeeOther(AccountAddress.SignIn(identity, request, ReturnTo(request, home))),
            { Members: [] } session => pages.NoRole(session),
            var session => await session.ActAsync(request, () => run(session.Members)),
        };

    /// <summary>What an operator does to the appointment of a caller.</summary>
    public Task<IResult> ForCallerAsync(
        HttpRequest request, string reference, Func<Managed, Task<IResult>> run, CancellationToken cancellationToken) =>
        RunAsync(request, "/hotline", member => member.MayUseHotline, async member =>
            await appointments.FindAsync(reference, new Access.ByStaff(member.Actor), cancellationToken) is { } managed ? await run(managed) : pages.NotFound(), cancellationToken);

    /// <summary>The role that was chosen; else the only one that is not the administrator's, who may everything anyway.</summary>
    private IReadOnlyList<StaffMember> Choose(HttpRequest request, IReadOnlyList<StaffMember> fitting)
    {
        if (fitting.Count < 2)
        {
            return fitting;
        }

        var chosen = cookies.Read(request, AccountAddress.Cookie);
        return fitting.FirstOrDefault(member => member.Role.ToString() == chosen) is { } one ? [one]
            : fitting.Where(member => member is not StaffMember.Admin).ToList() is [var narrow] ? [narrow]
            : fitting;
    }

    // Back to the very page when it was only read; a form that was posted is not there any more.
    private static string ReturnTo(HttpRequest request, string home) =>
        Asks.ToRead(request) ? request.Path + request.QueryString : home;
}
