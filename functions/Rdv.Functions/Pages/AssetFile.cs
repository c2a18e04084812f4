using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Functions.Http;
using Rdv.Pages;

namespace Rdv.Functions.Pages;

public sealed class AssetFile(PageResults pages)
{
    [Function("Asset")]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "assets/{name}")] HttpRequest request, string name)
    {
        if (Asset.Find(name) is not { } asset)
        {
            return Asks.ForPage(request) ? pages.NoSuchPage() : Problems.NotFound();
        }

        // The name changes with the content.
        request.HttpContext.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(asset.Content, asset.ContentType).Compress();
    }
}
