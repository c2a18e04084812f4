using Microsoft.AspNetCore.Http;
using Rdv.Ids;

namespace Rdv.Functions.Http;

/// <summary>Runs the calls that take the key of a link: whoever tries many keys is stopped, whatever the next one is worth.</summary>
public sealed class KeyCalls(Limits limits)
{
    /// <param name="run">Null is an unknown reference or a wrong key: counted, and answered the same.</param>
    public async Task<IResult> RunAsync(HttpRequest request, Func<Task<IResult?>> run, string cacheControl = "no-store")
    {
        using var attempt = await limits.TryKeyAsync(request);
        if (attempt is null)
        {
            return Problems.TooMany();
        }

        if (await run() is { } answer)
        {
            request.HttpContext.Response.Headers.CacheControl = cacheControl;
            return answer;
        }

        attempt.Wrong();
        return Problems.NotFound();
    }

    /// <summary>The same with a body, for the appointment of a reference.</summary>
    public Task<IResult> RunAsync<TBody>(
        HttpRequest request, string reference, Func<TBody, AppointmentReference, Task<IResult?>> run, CancellationToken cancellationToken)
        where TBody : class => RunAsync(request, async () =>
    {
        var (body, problem) = await JsonBody.ReadAsync<TBody>(request, cancellationToken);
        return body is null ? problem : AppointmentReference.TryParse(reference, out var parsed) ? await run(body, parsed) : null;
    });
}
