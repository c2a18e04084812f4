using Microsoft.AspNetCore.Http;
using Rdv.Booking;

namespace Rdv.Functions.Http;

/// <summary>Binds the JSON body of a request, and what makes a repeated request the same.</summary>
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
                var (identity, badKey) = IdempotencyKey.Read(request, scope, body);
                return badKey ?? await run(body, identity);
            },
            cancellationToken);
}
