using Microsoft.AspNetCore.Http;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Functions.Http;

/// <summary>A body that names its territory.</summary>
public interface IInTerritory
{
    string? Territory { get; }
}

/// <summary>Binds the JSON body of a request, its territory, and what makes a repeated request the same.</summary>
internal static class RequestBodies
{
    /// <summary>Goes on with the body, or answers what is wrong with it.</summary>
    public static async Task<IResult> WithBodyAsync<TBody>(
        this HttpRequest request, Func<TBody, Task<IResult>> run, CancellationToken cancellationToken)
        where TBody : class
    {
        var (body, problem) = await JsonBody.ReadAsync<TBody>(request, cancellationToken);
        return body is null ? problem! : await run(body);
    }

    /// <param name="scope">Keys of different operations do not meet.</param>
    public static Task<IResult> WithBodyAsync<TBody>(
        this HttpRequest request, string scope, Func<TBody, RequestIdentity, Task<IResult>> run, CancellationToken cancellationToken)
        where TBody : class => request.WithBodyAsync<TBody>(
            async body =>
            {
                var (identity, problem) = IdempotencyKey.Read(request, scope, body);
                return problem ?? await run(body, identity);
            },
            cancellationToken);

    /// <param name="scope">Keys of different operations, and of different territories, do not meet.</param>
    public static Task<IResult> WithBodyAsync<TBody>(
        this HttpRequest request, string scope, Func<TBody, Territory, RequestIdentity, Task<IResult>> run, CancellationToken cancellationToken)
        where TBody : class, IInTerritory => request.WithBodyAsync<TBody>(
            async body =>
            {
                if (!Territory.TryParse(body.Territory, out var territory))
                {
                    return Problems.Invalid("territory", "Ce département n'existe pas.");
                }

                var (identity, problem) = IdempotencyKey.Read(request, $"{scope}|{territory.Code}", body);
                return problem ?? await run(body, territory, identity);
            },
            cancellationToken);
}
