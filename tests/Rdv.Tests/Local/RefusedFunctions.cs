using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Rdv.Tests.Local;

/// <summary>Functions that would run on Kestrel alone and not in Azure.</summary>
public static class RefusedFunctions
{
    public sealed class ReturnsText
    {
        [Function("ReturnsText")]
        public static string Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/text")] HttpRequest request) => request.Method;
    }

    public sealed class TakesService
    {
        [Function("TakesService")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/service")] HttpRequest request, SampleLog log) =>
            TypedResults.Ok($"{request.Method} {log.MostInside}");
    }

    public sealed class OwnsAdmin
    {
        [Function("OwnsAdmin")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "admin/things")] HttpRequest request) =>
            TypedResults.Ok(request.Method);
    }

    public sealed class RootedRoute
    {
        [Function("RootedRoute")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "/")] HttpRequest request) => TypedResults.Ok(request.Method);
    }

    public sealed class WithoutTrigger
    {
        [Function("WithoutTrigger")]
        public static void Run()
        {
        }
    }

    public sealed class SameName
    {
        [Function("SameName")]
        public static void One([TimerTrigger("0 0 3 1 1 *")] TimerInfo timer) => _ = timer;

        [Function("samename")]
        public static void Two([TimerTrigger("0 0 3 1 1 *")] TimerInfo timer) => _ = timer;
    }
}
