using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rdv.Local.FunctionHost;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Local;

public sealed class HttpFunctionTests(SampleApp app) : IClassFixture<SampleApp>
{
    [Fact]
    public async Task The_root_page_is_served() =>
        (await app.Client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken)).ShouldBe("root of GET");

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Route_values_services_and_tokens_are_bound(string method)
    {
        using var response = await SendAsync(method, "/api/samples/a%20b/7");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        body.GetProperty("method").GetString().ShouldBe(method);
        body.GetProperty("id").GetString().ShouldBe("a b");
        body.GetProperty("part").GetInt32().ShouldBe(7);
    }

    [Fact]
    public async Task Two_functions_share_a_route_by_their_verbs()
    {
        using var response = await SendAsync("DELETE", "/api/samples/x/1");
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        app.Log.StartingWith("delete").ShouldBe(["delete x by DELETE"]);
    }

    [Theory]
    [InlineData("PUT", "/api/samples/x/1")]
    [InlineData("POST", "/")]
    [InlineData("GET", "/api/samples/x/not-a-number")]
    [InlineData("GET", "/api/unknown")]
    [InlineData("GET", "/anything")]
    public async Task A_wrong_verb_or_route_is_not_found(string method, string path)
    {
        using var response = await SendAsync(method, path);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.Allow.ShouldBeEmpty();
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PATCH")]
    public async Task Without_a_route_and_verbs_the_name_takes_every_verb(string method)
    {
        using var response = await SendAsync(method, "/SampleWithoutRoute");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(typeof(RefusedFunctions.ReturnsText), "empty body")]
    [InlineData(typeof(RefusedFunctions.TakesService), "does not bind log")]
    [InlineData(typeof(RefusedFunctions.OwnsAdmin), "owns the route")]
    [InlineData(typeof(RefusedFunctions.RootedRoute), "owns the route")]
    [InlineData(typeof(RefusedFunctions.WithoutTrigger), "neither an HTTP nor a timer trigger")]
    [InlineData(typeof(RefusedFunctions.SameName), "two functions")]
    public void What_would_not_run_in_Azure_is_refused(Type type, string why) =>
        Should.Throw<InvalidOperationException>(() => FunctionCatalog.Find([type])).Message.ShouldContain(why);

    private async Task<HttpResponseMessage> SendAsync(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Headers.Add("Accept", "text/html");
        return await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
