using Microsoft.AspNetCore.Http;
using Rdv.Functions.Http;
using Rdv.Ids;

namespace Rdv.Functions.Staff;

/// <summary>Lets staff in: 401 to a visitor, 403 to another role. Of several roles, the narrowest that may acts.</summary>
public sealed class StaffOnly(IStaffIdentity identity)
{
    public Task<IResult> RunAsync(
        HttpRequest request, Func<StaffMember, bool> may, Func<StaffMember, Task<IResult>> run, CancellationToken cancellationToken) =>
        RunAsync(request, members => members.FirstOrDefault(may) is { } member ? run(member) : Task.FromResult<IResult>(Problems.Forbidden()), cancellationToken);

    /// <param name="run">Takes all that they are, one at least.</param>
    public async Task<IResult> RunAsync(HttpRequest request, Func<IReadOnlyList<StaffMember>, Task<IResult>> run, CancellationToken cancellationToken)
    {
        // What staff read names people: no cache keeps it.
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return await identity.IdentifyAsync(request, cancellationToken) switch
        {
            null => Problems.Unauthenticated(),
            { Members: [] } => Problems.Forbidden("Votre compte n'a pas d'accès ici. Parlez-en à la personne qui gère les comptes."),
            var session => await session.ActAsync(request, () => run(session.Members)),
        };
    }

    /// <summary>What an operator does for a caller.</summary>
    public Task<IResult> ForCallerAsync(HttpRequest request, Func<StaffMember, Task<IResult>> run, CancellationToken cancellationToken) =>
        RunAsync(request, member => member.MayUseHotline, run, cancellationToken);

    /// <summary>What an operator does to the appointment of a caller.</summary>
    public Task<IResult> ForCallerAsync<TBody>(
        HttpRequest request, string reference, Func<TBody, AppointmentReference, StaffMember, Task<IResult>> run, CancellationToken cancellationToken)
        where TBody : class => ForCallerAsync(request, member => request.WithBodyAsync<TBody>(async body =>
            AppointmentReference.TryParse(reference, out var parsed) ? await run(body, parsed, member) : Problems.NotFound(), cancellationToken), cancellationToken);
}
