using Microsoft.AspNetCore.Http;
using Rdv.Booking;
using Rdv.Territories;

namespace Rdv.Functions.Http;

/// <summary>Binds the calls of the API: their JSON body, their territory, and the key by which a repetition is recognised.</summary>
internal static class ApiCalls
{
    public static async Task<IResult> WithBodyAsync<TBody>(HttpRequest request, Func<TBody, Task<IResult>> run, CancellationToken cancellationToken)
        where TBody : class
    {
        var (body, problem) = await JsonBody.ReadAsync<TBody>(request, cancellationToken);
        return body is null ? problem! : await run(body);
    }

    /// <param name="scope">Keys of different operations do not meet.</param>
    public static Task<IResult> WithIdentityAsync<TBody>(
        HttpRequest request, string scope, Func<TBody, RequestIdentity, Task<IResult>> run, CancellationToken cancellationToken)
        where TBody : class => WithBodyAsync<TBody>(request, async body =>
    {
        var (identity, problem) = IdempotencyKey.Read(request, scope, body);
        return problem ?? await run(body, identity);
    }, cancellationToken);

    /// <summary>A body that names its territory.</summary>
    /// <param name="scope">Keys of different operations, and of different territories, do not meet.</param>
    public static Task<IResult> WithIdentityAsync<TBody>(
        HttpRequest request, string scope, Func<TBody, Territory, RequestIdentity, Task<IResult>> run, CancellationToken cancellationToken)
        where TBody : class, IInTerritory => WithBodyAsync<TBody>(request, async body =>
    {
        if (!Territory.TryParse(body.Territory, out var territory))
        {
            return Problems.Invalid("territory", "Ce département n'existe pas.");
        }

        var (identity, problem) = IdempotencyKey.Read(request, $"{scope}|{territory.Code}", body);
        return problem ?? await run(body, territory, identity);
    }, cancellationToken);
}

/// <summary>A body that names its territory.</summary>
public interface IInTerritory
{
    string? Territory { get; }
}
