using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Rdv.Functions.Http;

namespace Rdv.Functions.Pages;

/// <summary>The fields of a form of ours.</summary>
public sealed class PostedForm
{
    private readonly Dictionary<string, StringValues> fields;

    private PostedForm(Dictionary<string, StringValues> fields) => this.fields = fields;

    /// <summary>The first value of a field; null when it did not come.</summary>
    public string? this[string field] => fields.TryGetValue(field, out var values) ? values[0] : null;

    /// <returns>Null when another site has sent it, when it is no form, or when it is longer than any form of ours.</returns>
    public static async Task<PostedForm?> ReadAsync(
        HttpRequest request, RdvSettings settings, CancellationToken cancellationToken, bool opaqueIsOurs = false)
    {
        try
        {
            if (!SameOrigin.Allows(request, settings.SiteBaseUrl, opaqueIsOurs)
                || request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true
                || await JsonBody.ReadBytesAsync(request, JsonBody.MaxBytes, cancellationToken) is not { } bytes)
            {
                return null;
            }

            using var reader = new FormReader(Encoding.UTF8.GetString(bytes));
            return new PostedForm(await reader.ReadFormAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            // More fields than any form has, or a body that broke off.
            return null;
        }
    }
}
