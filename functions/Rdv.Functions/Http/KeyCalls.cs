using Microsoft.AspNetCore.Http;

namespace Rdv.Functions.Http;

/// <summary>Runs the calls that take the key of a link: whoever tries many keys is stopped, whatever the next one is worth.</summary>
public sealed class KeyCalls(Limits limits)
{
    /// <param name="run">Null is an unknown reference or a wrong key: counted, and answered the same.</param>
    public Task<IResult> RunAsync(HttpRequest request, Func<Task<IResult?>> run) => Answer.OrProblem(async () =>
    {
        using var attempt = await limits.TryKeyAsync(request);
        if (attempt is null)
        {
            return Problems.TooMany();
        }

        if (await run() is { } answer)
        {
            request.HttpContext.Response.Headers.CacheControl = "no-store";
            return answer;
        }

        attempt.Wrong();
        return Problems.NotFound();
    });
}
