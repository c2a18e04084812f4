using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rdv.Local;
using Rdv.Tests.Contract;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Http;

/// <summary>Whatever goes wrong in a function is answered as the contract says, never by an empty 500.</summary>
public sealed class FailuresTests : IAsyncLifetime
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private readonly LogLines _log = new();
    private ContractApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await ContractApp.StartAsync(
        options: new LocalOptions { Demo = false, FunctionTypes = [typeof(FailingFunctions)] },
        configure: services => services.AddSingleton<ILoggerProvider>(_log));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _log.Dispose();
    }

    [Theory]
    [InlineData("bug", 500, "failed")]
    [InlineData("no-answer", 500, "failed")]
    [InlineData("while-written", 500, "failed")]
    [InlineData("outage", 503, "busy")]
    [InlineData("outage-while-written", 503, "busy")]
    [InlineData("unreadable", 400, "invalid")]
    [InlineData("too-long", 400, "invalid")]
    public async Task A_program_gets_a_problem_and_a_person_a_page(string how, int status, string code)
    {
        var problem = await _app.SendAsync(HttpMethod.Get, "/api/failing/" + how, headers: ("Accept", Browser));
        (problem.Status, problem.Code).ShouldBe((status, code), problem.ToString());
        Whole(problem);

        var page = await _app.SendAsync(HttpMethod.Post, "/failing/" + how, ContractApp.Content("a=b", "application/x-www-form-urlencoded"), headers: ("Accept", Browser));
        (page.Status, page.MediaType).ShouldBe((status, "text/html"), page.ToString());
        Whole(page);

        var bugs = _log.Of(LogLevel.Error);
        bugs.Count.ShouldBe(status == 500 ? 2 : 0);
    }

    [Fact]
    public async Task What_has_left_cannot_be_taken_back() =>
        await Should.ThrowAsync<HttpRequestException>(async () => await _app.GetAsync("/api/failing/after-some"));

    [Fact]
    public async Task What_does_not_fail_is_answered_as_it_is()
    {
        var reply = await _app.GetAsync("/api/failing/not");
        (reply.Status, reply.Text).ShouldBe((200, """{"how":"not"}"""));
        reply.Header("X-Content-Type-Options").ShouldBe("nosniff");
    }

    private static void Whole(Reply reply)
    {
        reply.Text.ShouldNotContain(FailingFunctions.Secret);
        reply.Header("X-Content-Type-Options").ShouldBe("nosniff");
        reply.Header("Content-Security-Policy").ShouldNotBeNull();
        (reply.Header("Cache-Control") ?? "").ShouldNotContain("public");
        reply.Header("Location").ShouldBeNull();
        (reply.Header("Retry-After") is not null).ShouldBe(reply.Status == 503);
    }
}
