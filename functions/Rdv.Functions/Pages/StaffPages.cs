using Microsoft.AspNetCore.Http;
using Rdv.Appointments;
using Rdv.Functions.Http;
using Rdv.Functions.Pages.Manage;
using Rdv.Functions.Staff;

namespace Rdv.Functions.Pages;

/// <summary>Lets staff in: a visitor signs in first and comes back, another role reads that the page is not theirs.</summary>
public sealed class StaffPages(IStaffIdentity identity, ManagedAppointments appointments, PageResults pages)
{
    public async Task<IResult> RunAsync(
        HttpRequest request, string home, Func<StaffMember, bool> may, Func<StaffMember, Task<IResult>> run, CancellationToken cancellationToken) =>
        await identity.IdentifyAsync(request, cancellationToken) switch
        {
            null => PageResults.SeeOther(identity.SignInUrl(ReturnTo(request, home))),
            var member when may(member) => await run(member),
            _ => pages.Forbidden(identity.SwitchUrl(ReturnTo(request, home))),
        };

    /// <summary>What an operator does to the appointment of a caller.</summary>
    public Task<IResult> ForCallerAsync(
        HttpRequest request, string reference, Func<Managed, Task<IResult>> run, CancellationToken cancellationToken) =>
        RunAsync(request, "/hotline", member => member.MayUseHotline, async member =>
            await appointments.FindAsync(reference, new Access.ByStaff(member.Actor), cancellationToken) is { } managed ? await run(managed) : pages.NotFound(), cancellationToken);

    // Back to the very page when it was only read; a form that was posted is not there any more.
    private static string ReturnTo(HttpRequest request, string home) =>
        Asks.ToRead(request) ? request.Path + request.QueryString : home;
}
