using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Pages;

namespace Rdv.Functions.Pages;

public sealed class AssetFile
{
    [Function("Asset")]
    public static IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "assets/{name}")] HttpRequest request, string name)
    {
        if (Asset.Find(name) is not { } asset)
        {
            return Results.NotFound();
        }

        // The name changes with the content.
        request.HttpContext.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Content, asset.ContentType);
    }
}
