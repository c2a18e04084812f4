using Microsoft.AspNetCore.Http;
using Rdv.Functions.Http;

namespace Rdv.Functions.Pages;

/// <summary>Runs the pages behind a link: whoever tries many keys is stopped, whatever the next one is worth.</summary>
public sealed class KeyPages(PageResults pages, Limits limits)
{
    /// <param name="page">Null when there is no such appointment, or the key is wrong.</param>
    public Task<IResult> RunAsync(HttpRequest request, Func<Task<IResult?>> page) => pages.RunAsync(async () =>
    {
        if (!limits.MayTryKey(request))
        {
            return pages.TooManyTries();
        }

        if (await page() is { } found)
        {
            return found;
        }

        limits.WrongKey(request);
        return pages.NotFound();
    });
}
