using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Rdv.Ids;

namespace Rdv.Functions.Http;

/// <summary>The header by which a client recognises its own request (draft-ietf-httpapi-idempotency-key-header).</summary>
public static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const int MaxLength = 100;

    /// <param name="scope">Keys of different operations do not meet.</param>
    /// <param name="body">What was asked: compared as it was understood, not as it was spelled.</param>
    public static (RequestIdentity Identity, IResult? Problem) Read<T>(HttpRequest request, string scope, T body)
    {
        var key = request.Headers[Header].ToString();
        return key.Length > MaxLength
            ? (default, Problems.Invalid(Header, $"Cette clé est trop longue : {MaxLength} caractères au plus."))
            : (RequestIdentity.Of(scope, key.Length == 0 ? null : key, JsonSerializer.Serialize(body, Json.Options)), null);
    }
}
