using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Rdv.Functions.Http;

/// <summary>JSON as the contract writes it: camelCase, French letters as they are.</summary>
public static class Json
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        // Answers are application/json, never embedded in a page: the accents of French need no escapes.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        NumberHandling = JsonNumberHandling.Strict,
        MaxDepth = 16,
    };

    public static JsonHttpResult<T> Ok<T>(T value, int statusCode = StatusCodes.Status200OK) => TypedResults.Json(value, Options, statusCode: statusCode);

    /// <summary>201 with where the thing now is; 200 when it had been made before.</summary>
    public static IResult Created<T>(T value, string? location, bool repeated) => new CreatedResult(
        Ok(value, repeated ? StatusCodes.Status200OK : StatusCodes.Status201Created), location);

    private sealed class CreatedResult(IResult inner, string? location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (location is not null)
            {
                httpContext.Response.Headers.Location = location;
            }

            return inner.ExecuteAsync(httpContext);
        }
    }
}
