using Microsoft.AspNetCore.Http;
using Rdv.Functions.Http;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Functions.Staff;

/// <summary>Lets in those who may read and close a structure: the structure itself, an administrator.</summary>
public sealed class StructureStaff(StaffOnly staff)
{
    /// <summary>404 for what no structure is called, to staff only: a visitor learns nothing.</summary>
    public Task<IResult> RunAsync(
        HttpRequest request, string territory, string id, Func<Territory, StructureId, Task<IResult>> run, CancellationToken cancellationToken)
    {
        var known = Territory.TryParse(territory, out var where) & DirectoryIds.IsValid(id);
        var structure = new StructureId(id);
        return staff.RunAsync(
            request,
            member => !known || member.MayReadStructure(where, structure),
            async _ => known ? await run(where, structure) : Problems.NotFound(),
            cancellationToken);
    }

    /// <summary>The same with a body.</summary>
    public Task<IResult> RunAsync<TBody>(
        HttpRequest request, string territory, string id, Func<TBody, Territory, StructureId, Task<IResult>> run, CancellationToken cancellationToken)
        where TBody : class => RunAsync(
            request, territory, id, (where, structure) => request.WithBodyAsync<TBody>(body => run(body, where, structure), cancellationToken), cancellationToken);

    /// <summary>The same with a body that may come twice.</summary>
    /// <param name="scope">Keys of different operations do not meet, nor those of different structures.</param>
    public Task<IResult> RunAsync<TBody>(
        HttpRequest request,
        string territory,
        string id,
        string scope,
        Func<TBody, Territory, StructureId, RequestIdentity, Task<IResult>> run,
        CancellationToken cancellationToken)
        where TBody : class => RunAsync(
            request,
            territory,
            id,
            (where, structure) => request.WithBodyAsync<TBody>(
                $"{scope}|{where}|{structure}", (body, identity) => run(body, where, structure, identity), cancellationToken),
            cancellationToken);
}
