using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime.Testing;
using Rdv.Functions.Host;
using Rdv.Functions.Http;
using Rdv.Functions.Pages;
using Rdv.Functions.Staff;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Http;

/// <summary>What the worker gets as the result of an invocation, which is all that a client ever reads.</summary>
public sealed class HttpInvocationMiddlewareTests : IDisposable
{
    private readonly Limits _limits = new(new LimitSettings { ReadBurst = 2, ReadsPerMinute = 1, WriteBurst = 1, WritesPerMinute = 1 });
    private readonly HttpInvocationMiddleware _middleware;
    private int _calls;

    public HttpInvocationMiddlewareTests()
    {
        var settings = new RdvSettings { HotlinePhone = "01 99 00 12 34", SiteBaseUrl = "https://rdv.example", MailFrom = "rdv@rdv.example" };
        var pages = new PageResults(settings, FakeClock.FromUtc(2026, 11, 24));
        _middleware = new HttpInvocationMiddleware(new HttpInvocation(
            new FrontDoor(new ProxySettings()), new RequestLimits(_limits, new Nobody(), pages), new StaffOrigin(new Nobody(), settings), new Failures(pages), new SecurityHeaders(settings), NullLogger<HttpInvocation>.Instance));
    }

    public void Dispose() => _limits.Dispose();

    [Fact]
    public async Task Who_asks_too_much_is_refused_by_the_result_and_the_function_is_not_called()
    {
        for (var i = 0; i < 2; i++)
        {
            (await InvokeAsync(Request("GET", "/api/topics"))).Status.ShouldBe(200);
        }

        (await InvokeAsync(Request("GET", "/api/topics"))).ShouldBe((429, "too-many", "5"));
        (await InvokeAsync(Request("HEAD", "/api/topics"))).ShouldBe((429, "too-many", "5"));
        (await InvokeAsync(Request("POST", "/api/holds"))).Status.ShouldBe(200);
        (await InvokeAsync(Request("POST", "/api/holds"))).ShouldBe((429, "too-many", "5"));
        (await InvokeAsync(Request("GET", "/api/topics", from: "2001:db8::1"))).Status.ShouldBe(200);
        (await InvokeAsync(Request("GET", "/api/topics", from: "2001:db8::2"))).Status.ShouldBe(200);
        (await InvokeAsync(Request("GET", "/api/topics", from: "2001:db8::3"))).Status.ShouldBe(429);
        _calls.ShouldBe(5);
    }

    [Fact]
    public async Task What_a_function_throws_is_a_result()
    {
        (await InvokeAsync(Request("GET", "/api/topics"), () => throw new InvalidOperationException("A bug."))).ShouldBe((500, "failed", null));
        (await InvokeAsync(Request("GET", "/api/topics"), () => throw new StorageUnavailableException())).ShouldBe((503, "busy", "2"));
        (await InvokeAsync(Request("POST", "/api/holds"), () => "not a result")).ShouldBe((500, "failed", null));
    }

    [Fact]
    public async Task Whoever_has_left_is_no_failure()
    {
        var request = Request("GET", "/api/topics");
        request.RequestAborted = new CancellationToken(canceled: true);
        (await InvokeAsync(request, () => throw new OperationCanceledException())).Status.ShouldBe(499);
    }

    [Fact]
    public async Task A_body_that_nobody_reads_is_read_to_its_end()
    {
        var read = Request("POST", "/api/holds");
        (await InvokeAsync(read)).Status.ShouldBe(200);
        read.Request.Body.Position.ShouldBe(read.Request.Body.Length);
        var refused = Request("POST", "/api/holds");
        (await InvokeAsync(refused)).Status.ShouldBe(429);
        refused.Request.Body.Position.ShouldBe(refused.Request.Body.Length);
    }

    /// <summary>The worker serializes what an invocation results in.</summary>
    [Fact]
    public async Task The_answer_goes_to_the_client_alone()
    {
        var context = new WorkerInvocation(Request("GET", "/api/topics"));
        await _middleware.Invoke(context, called =>
        {
            called.GetInvocationResult().Value = Json.Ok(new { Name = "Odette Fictive" });
            return Task.CompletedTask;
        });
        JsonSerializer.Serialize(context.GetInvocationResult().Value).ShouldBe("{}");
    }

    [Fact]
    public async Task A_timer_runs_as_it_is()
    {
        var context = new WorkerInvocation(http: null);
        await Should.ThrowAsync<InvalidOperationException>(() => _middleware.Invoke(context, _ => throw new InvalidOperationException("A timer that fails.")));
        context.GetInvocationResult().Value.ShouldBeNull();
    }

    /// <summary>As the integration does: runs the invocation, then its result.</summary>
    private async Task<(int Status, string? Code, string? RetryAfter)> InvokeAsync(HttpContext http, Func<object>? function = null)
    {
        var context = new WorkerInvocation(http);
        await _middleware.Invoke(context, called =>
        {
            _calls++;
            called.GetInvocationResult().Value = function is null ? TypedResults.Ok() : function();
            return Task.CompletedTask;
        });
        http.Response.HasStarted.ShouldBeFalse();
        http.Response.Body.Length.ShouldBe(0);
        await context.GetInvocationResult().Value.ShouldBeAssignableTo<IResult>()!.ExecuteAsync(http);
        http.Response.Headers.XContentTypeOptions.ToString().ShouldBe("nosniff");
        http.Response.Headers.StrictTransportSecurity.ToString().ShouldBe("max-age=31536000; includeSubDomains");
        var text = Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray());
        return (
            http.Response.StatusCode,
            http.Response.ContentType == "application/problem+json" ? JsonDocument.Parse(text).RootElement.GetProperty("code").GetString() : null,
            http.Response.Headers.RetryAfter is [var after] ? after : null);
    }

    private static DefaultHttpContext Request(string method, string path, string from = "192.0.2.1")
    {
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider() };
        http.Connection.RemoteIpAddress = IPAddress.Parse(from);
        (http.Request.Method, http.Request.Path) = (method, path);
        http.Request.Body = new MemoryStream(new byte[100_000]);
        http.Response.Body = new MemoryStream();
        return http;
    }

    private sealed class Nobody : IStaffIdentity
    {
        public string SignOutUrl => throw new NotSupportedException();

        public ValueTask<StaffSession?> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken) => default;

        public IReadOnlyList<SignInWay> Ways(string returnPath) => throw new NotSupportedException();

        public string SwitchUrl(string returnPath) => throw new NotSupportedException();
    }
}
