using Microsoft.AspNetCore.Http;
using Rdv.Booking;
using Rdv.Functions.Http;
using Rdv.Functions.Pages.Manage;

namespace Rdv.Functions.Pages;

/// <summary>Runs the pages behind a link: whoever tries many keys is stopped, whatever the next one is worth.</summary>
public sealed class KeyPages(ManagedAppointments appointments, PageResults pages, Limits limits, RdvSettings settings)
{
    /// <param name="page">Null when there is no such appointment, or the key is wrong.</param>
    public Task<IResult> RunAsync(HttpRequest request, Func<Task<IResult?>> page) => pages.RunAsync(async () =>
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
    });

    public Task<IResult> RunAsync(
        HttpRequest request, string reference, string key, Func<Managed, Task<IResult>> page, CancellationToken cancellationToken) =>
        RunAsync(request, async () =>
            await appointments.FindAsync(reference, new Access.ByKey(key), cancellationToken) is { } managed ? await page(managed) : null);

    /// <summary>The same for a form that was posted.</summary>
    public async Task<IResult> SubmitAsync(
        HttpRequest request, string reference, string key, Func<PostedForm, Managed, Task<IResult>> submit, CancellationToken cancellationToken) =>
        await PostedForm.ReadAsync(request, settings, cancellationToken, opaqueIsOurs: true) is { } form
            ? await RunAsync(request, reference, key, managed => submit(form, managed), cancellationToken)
            : pages.Refused();
}
