using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Rdv.Tests.WorkerHost.Protocol;
using Shouldly;
using Xunit;
using Status = Rdv.Tests.WorkerHost.Protocol.StatusResult.Types.Status;

namespace Rdv.Tests.WorkerHost;

/// <summary>The host of the tests tears and fails where the Functions host does: a worker that gets it wrong cannot pass.</summary>
public sealed class FunctionInvokerTests
{
    private static readonly HostedFunction.Http Function = new("id", "Topics", "request", "api/topics", ["GET"]);

    [Fact]
    public async Task An_answer_whose_run_has_succeeded_reaches_the_client()
    {
        var client = await AskAsync(Ended(Status.Success), Answered(429, "{}"));
        (client.Status, client.Text, client.IsTorn).ShouldBe((429, "{}", false));
    }

    [Fact]
    public async Task An_answer_in_front_of_a_function_that_never_runs_is_torn() =>
        (await AskAsync(Ended(Status.Failure), Answered(429, "{}"))).IsTorn.ShouldBeTrue();

    [Fact]
    public async Task A_failure_without_a_body_is_500()
    {
        var client = await AskAsync(Ended(Status.Failure), Answered(500, ""));
        (client.Status, client.Text, client.IsTorn).ShouldBe((500, "", false));
    }

    [Fact]
    public async Task A_body_that_the_worker_does_not_take_to_its_end_is_500()
    {
        var client = await AskAsync(Ended(Status.Success), Task.FromException<WorkerAnswer>(new HttpRequestException("Broken pipe")));
        (client.Status, client.Text, client.IsTorn).ShouldBe((500, "", false));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_torn() =>
        (await AskAsync(Ended(Status.Success), Task.FromCanceled<WorkerAnswer>(new CancellationToken(canceled: true)))).IsTorn.ShouldBeTrue();

    private static async Task<(int Status, string Text, bool IsTorn)> AskAsync(Task<StatusResult> run, Task<WorkerAnswer> answer)
    {
        var lifetime = new Lifetime();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        await new FunctionInvoker((_, _) => run, (_, _, _) => answer).AnswerAsync(Function, context);
        return (context.Response.StatusCode, System.Text.Encoding.UTF8.GetString(body.ToArray()), lifetime.IsTorn);
    }

    private static Task<StatusResult> Ended(Status status) => Task.FromResult(new StatusResult { Status = status });

    private static Task<WorkerAnswer> Answered(int status, string body) =>
        Task.FromResult(new WorkerAnswer(status, [], System.Text.Encoding.UTF8.GetBytes(body)));

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public bool IsTorn { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsTorn = true;
    }
}
