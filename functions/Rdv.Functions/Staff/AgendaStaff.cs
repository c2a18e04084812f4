using Microsoft.AspNetCore.Http;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Territories;

namespace Rdv.Functions.Staff;

/// <summary>Lets in those who may change an advisor's agenda: the advisor, their structure, an administrator.</summary>
public sealed class AgendaStaff(StaffOnly staff, ITerritoryDirectories directories)
{
    /// <summary>404 for an advisor who does not exist, to staff only: a visitor learns nothing.</summary>
    public Task<IResult> RunAsync(
        HttpRequest request,
        string territory,
        string id,
        Func<StaffMember, Territory, AdvisorId, Task<IResult>> run,
        CancellationToken cancellationToken) => staff.RunAsync(request, _ => true, async member =>
    {
        if (!Territory.TryParse(territory, out var parsed) || !DirectoryIds.IsValid(id))
        {
            return Problems.NotFound();
        }

        var advisor = new AdvisorId(id);
        var directory = await directories.GetAsync(parsed, cancellationToken);
        if (!member.MayChangeAgenda(parsed, advisor, directory))
        {
            return Problems.Forbidden();
        }

        return directory.Advisors.ContainsKey(advisor) ? await run(member, parsed, advisor) : Problems.NotFound();
    }, cancellationToken);
}
