using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Functions.Http;

namespace Rdv.Tests.Http;

/// <summary>Functions that go wrong in every way that one can, at the addresses of programs and of people.</summary>
public sealed class FailingFunctions
{
    public const string Secret = "This must not be shown.";

    [Function("FailsForPrograms")]
    public static Task<IResult> ForProgramsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/failing/{how}")] HttpRequest request, string how) =>
        FailAsync(request, how);

    [Function("FailsForPeople")]
    public static Task<IResult> ForPeopleAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "failing/{how}")] HttpRequest request, string how) =>
        FailAsync(request, how);

    private static async Task<IResult> FailAsync(HttpRequest request, string how)
    {
        await Task.Yield();
        request.HttpContext.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return how switch
        {
            "bug" => throw new InvalidOperationException(Secret),
            "outage" => throw new StorageUnavailableException(Secret),
            "unreadable" => throw new BadHttpRequestException(Secret),
            "too-long" => throw new BadHttpRequestException(Secret, StatusCodes.Status413PayloadTooLarge),
            "no-answer" => null!,
            "while-written" => new Broken(new InvalidOperationException(Secret), afterSome: false),
            "outage-while-written" => new Broken(new StorageUnavailableException(Secret), afterSome: false),
            "after-some" => new Broken(new InvalidOperationException(Secret), afterSome: true),
            _ => Json.Ok(new { how }),
        };
    }

    private sealed class Broken(Exception exception, bool afterSome) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status201Created;
            httpContext.Response.Headers.Location = "/nowhere";
            if (afterSome)
            {
                await httpContext.Response.WriteAsync("some");
                await httpContext.Response.Body.FlushAsync();
            }

            throw exception;
        }
    }
}
