using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using Rdv.Functions.Http;

namespace Rdv.Functions.Operations;

/// <summary>The whole API, described by hand in <c>openapi.json</c>; a test holds it against the triggers and their answers.</summary>
public sealed class OpenApi
{
    private static readonly EntityTagHeaderValue Version = new($"\"{typeof(OpenApi).Assembly.ManifestModule.ModuleVersionId:N}\"", isWeak: true);

    [Function("OpenApi")]
    public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/openapi.json")] HttpRequest request) =>
        TypedResults.Stream(typeof(OpenApi).Assembly.GetManifestResourceStream("openapi.json")!, "application/json; charset=utf-8", entityTag: Version).Compress();
}
