using Microsoft.AspNetCore.Http;
using Rdv.Appointments;
using Rdv.Functions.Http;
using Rdv.Functions.Pages.Manage;

namespace Rdv.Functions.Pages;

/// <summary>Runs the pages behind a link: whoever tries many keys is stopped, whatever the next one is worth.</summary>
public sealed class KeyPages(ManagedAppointments appointments, PageResults pages, Limits limits)
{
    /// <param name="page">Null when there is no such appointment, or the key is wrong.</param>
    public async Task<IResult> RunAsync(HttpRequest request, Func<Task<IResult?>> page)
    {
        using var attempt = await limits.TryKeyAsync(request);
        if (attempt is null)
        {
            return pages.TooManyTries();
        }

        if (await page() is { } found)
        {
            return found;
        }

        attempt.Wrong();
        return pages.NotFound();
    }

    public Task<IResult> RunAsync(
        HttpRequest request, string reference, string key, Func<Managed, Task<IResult>> page, CancellationToken cancellationToken) =>
        RunAsync(request, async () =>
            await appointments.FindAsync(reference, new Access.ByKey(key), cancellationToken) is { } managed ? await page(managed) : null);
}
