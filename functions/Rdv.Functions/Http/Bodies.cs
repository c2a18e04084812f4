using Microsoft.AspNetCore.Http;
using Rdv.Booking;
using Rdv.Territories;

namespace Rdv.Functions.Http;

/// <summary>Runs with what the body of a request says, or answers what is wrong with it.</summary>
internal static class Bodies
{
    public static async Task<IResult> WithBodyAsync<T>(this HttpRequest request, Func<T, Task<IResult>> run, CancellationToken cancellationToken)
        where T : class
    {
        var (body, problem) = await JsonBody.ReadAsync<T>(request, cancellationToken);
        return body is null ? problem! : await run(body);
    }

    /// <summary>Of a body that names its territory, and that a client may repeat under one <c>Idempotency-Key</c>.</summary>
    /// <param name="scope">Keys of different operations do not meet.</param>
    public static Task<IResult> WithBodyAsync<T>(
        this HttpRequest request,
        string scope,
        Func<T, string?> territoryOf,
        Func<T, Territory, RequestIdentity, Task<IResult>> run,
        CancellationToken cancellationToken)
        where T : class => request.WithBodyAsync<T>(
        async body =>
        {
            if (!Territory.TryParse(territoryOf(body), out var territory))
            {
                return Problems.Invalid("territory", "Ce département n'existe pas.");
            }

            var (identity, problem) = IdempotencyKey.Read(request, $"{scope}|{territory.Code}", body);
            return problem ?? await run(body, territory, identity);
        },
        cancellationToken);
}
