using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Rdv.Tests.Http;

/// <summary>Executes an answer of the API without a server.</summary>
internal static class Answers
{
    public static async Task<(int Status, JsonElement Body, IHeaderDictionary Headers)> ExecuteAsync(IResult result)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services, Response = { Body = body } };
        await result.ExecuteAsync(context);
        using var document = JsonDocument.Parse(body.ToArray());
        return (context.Response.StatusCode, document.RootElement.Clone(), context.Response.Headers);
    }
}
