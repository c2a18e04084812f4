using Microsoft.AspNetCore.Http;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;

namespace Rdv.Functions.Staff;

/// <summary>
/// Lets in those who may change an advisor's agenda: the advisor, their structure, an administrator. What is authorised is what the trigger
/// is given: the advisor of the address, and no other.
/// </summary>
public sealed class AgendaStaff(StaffOnly staff, ITerritoryDirectories directories)
{
    /// <summary>404 for an advisor who does not exist, to staff only: a visitor learns nothing.</summary>
    /// <param name="may">Null for all of them.</param>
    public Task<IResult> RunAsync(
        HttpRequest request,
        string territory,
        string id,
        Func<Territory, AdvisorId, Task<IResult>> run,
        CancellationToken cancellationToken,
        Func<StaffMember, bool>? may = null) => staff.RunAsync(request, async members =>
    {
        if (!Territory.TryParse(territory, out var where) || !DirectoryIds.IsValid(id))
        {
            return Problems.NotFound();
        }

        var advisor = new AdvisorId(id);
        var directory = await directories.GetAsync(where, cancellationToken);
        if (!members.Any(member => member.MayChangeAgenda(where, advisor, directory) && may?.Invoke(member) != false))
        {
            return Problems.Forbidden();
        }

        Acting.Saw(advisor.In(where));
        return directory.Advisors.ContainsKey(advisor) ? await run(where, advisor) : Problems.NotFound();
    }, cancellationToken);

    /// <summary>The same with a body.</summary>
    public Task<IResult> RunAsync<TBody>(
        HttpRequest request,
        string territory,
        string id,
        Func<TBody, Territory, AdvisorId, Task<IResult>> run,
        CancellationToken cancellationToken,
        Func<StaffMember, bool>? may = null)
        where TBody : class => RunAsync(
            request, territory, id, (where, advisor) => request.WithBodyAsync<TBody>(body => run(body, where, advisor), cancellationToken), cancellationToken, may);

    /// <summary>The same with a body that may come twice.</summary>
    /// <param name="scope">Keys of different operations do not meet, nor those of different advisors.</param>
    public Task<IResult> RunAsync<TBody>(
        HttpRequest request,
        string territory,
        string id,
        string scope,
        Func<TBody, Territory, AdvisorId, RequestIdentity, Task<IResult>> run,
        CancellationToken cancellationToken,
        Func<StaffMember, bool>? may = null)
        where TBody : class => RunAsync(
            request,
            territory,
            id,
            (where, advisor) => request.WithBodyAsync<TBody>(
                $"{scope}|{where}|{advisor}", (body, identity) => run(body, where, advisor, identity), cancellationToken),
            cancellationToken,
            may);
}
