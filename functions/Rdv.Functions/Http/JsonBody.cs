using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Rdv.Functions.Http;

/// <summary>
/// Reads JSON bodies. The worker's own binding answers 500 to a malformed one, so that bodies are read here, with a bound on their size.
/// </summary>
public static class JsonBody
{
    public const int MaxBytes = 64 * 1024;

    /// <returns>The body, or the problem to answer.</returns>
    public static async Task<(T? Body, IResult? Problem)> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        var bytes = await ReadBytesAsync(request, MaxBytes, cancellationToken);
        if (bytes is null)
        {
            return (null, Problems.Invalid("body", "La demande est trop longue."));
        }

        if (bytes.Length == 0)
        {
            return (null, Problems.Invalid("body", "La demande est vide."));
        }

        // What a form or a script of another site may send without asking first is never called JSON: nor is what comes without a name.
        if (!IsJson(request))
        {
            return (null, Problems.Invalid("Content-Type", "Envoyez du JSON, et dites-le : Content-Type: application/json."));
        }

        // The reader looks at the strings that it keeps only; a name that nobody knows would pass.
        if (!Utf8.IsValid(bytes))
        {
            return (null, Problems.Invalid("body", "La demande n'est pas en UTF-8."));
        }

        try
        {
            return JsonSerializer.Deserialize<T>(bytes, Json.Options) switch
            {
                null => (null, Problems.Invalid("body", "La demande est vide.")),
                IStarting { Problem: { } problem } => (null, problem),
                var body => (body, null),
            };
        }
        catch (JsonException exception)
        {
            // The path names a field of the contract, never a value.
            var field = exception.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "body";
            return (null, Problems.Invalid(field, "Cette valeur n'a pas la forme attendue."));
        }
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    /// <returns>Null when the body is longer than allowed.</returns>
    public static async Task<byte[]?> ReadBytesAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > maxBytes)
            {
                return null;
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}
