using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Rdv.Functions.Http;

namespace Rdv.Functions.Pages;

/// <summary>A form of ours that carries a file (RFC 7578).</summary>
public static class PostedFile
{
    // A file that is refused for its length must still arrive, to be told so; beyond this the form is none of ours.
    private const int MaxBytes = 28 * 1024 * 1024;

    /// <returns>Null when another site has sent it, when it is no such form, or when it is longer than any form of ours.</returns>
    public static async Task<IFormCollection?> ReadAsync(HttpRequest request, RdvSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return SameOrigin.Allows(request, settings.SiteBaseUrl) && IsMultipart(request) && !(request.ContentLength > MaxBytes)
                ? await request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = MaxBytes, ValueLengthLimit = MaxBytes, ValueCountLimit = 16 }, cancellationToken)
                : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException or IOException)
        {
            // More than any form of ours has, or a body that broke off.
            return null;
        }
    }

    private static bool IsMultipart(HttpRequest request) =>
        request.ContentType is { } type && type.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase);
}
