using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using NodaTime;
using Rdv.Azure.Sms;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Sms;

public sealed class RepeatabilityPolicyTests
{
    private static readonly Guid Id = Guid.Parse("0d6b2c3e-6b1f-4b5e-9a0e-7a1c2d3e4f50");
    private static readonly Instant FirstSent = Instant.FromUtc(2026, 11, 24, 8, 5, 9);

    // As the SDK writes it: + escaped, an id and a date of its own.
    private const string Body =
        """{"from":"RDV NUM","smsRecipients":[{"to":"\u002B33639981234","repeatabilityRequestId":"11111111-1111-1111-1111-111111111111","repeatabilityFirstSent":"Mon, 01 Apr 2019 06:22:03 GMT"}],"message":"Médiathèque à 9h","smsSendOptions":{"enableDeliveryReport":true,"tag":"reminder"}}""";

    private readonly Transport transport = new();
    private readonly HttpPipeline pipeline;

    public RepeatabilityPolicyTests()
    {
        var options = new Options { Transport = transport };
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.Zero;
        options.AddPolicy(new RepeatabilityPolicy(), HttpPipelinePosition.PerCall);
        // The SDK builds its pipeline the same way: its authentication policy is the last of the per-retry ones.
        pipeline = HttpPipelineBuilder.Build(options, new Signing());
    }

    private async Task SendAsync(string path = "/sms", string body = Body)
    {
        using var message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(new Uri("https://sms.example" + path + "?api-version=2021-03-07"));
        message.Request.Content = RequestContent.Create(BinaryData.FromString(body));
        await pipeline.SendAsync(message, default);
    }

    [Fact]
    public async Task The_stored_values_leave_and_nothing_else_changes()
    {
        using (RepeatabilityPolicy.Scope(Id, FirstSent))
        {
            await SendAsync();
        }

        var sent = JsonDocument.Parse(transport.Bodies.ShouldHaveSingleItem()).RootElement;
        var recipient = sent.GetProperty("smsRecipients")[0];
        recipient.GetProperty("repeatabilityRequestId").GetString().ShouldBe(Id.ToString());
        recipient.GetProperty("repeatabilityFirstSent").GetString().ShouldBe("Tue, 24 Nov 2026 08:05:09 GMT");
        recipient.GetProperty("to").GetString().ShouldBe("+33639981234");
        sent.GetProperty("from").GetString().ShouldBe("RDV NUM");
        sent.GetProperty("message").GetString().ShouldBe("Médiathèque à 9h");
        sent.GetProperty("smsSendOptions").GetProperty("tag").GetString().ShouldBe("reminder");
    }

    [Fact]
    public async Task The_signature_covers_the_body_that_leaves_at_each_retry()
    {
        transport.Answers.Enqueue(503);
        transport.Answers.Enqueue(202);
        using (RepeatabilityPolicy.Scope(Id, FirstSent))
        {
            await SendAsync();
        }

        transport.Bodies.Count.ShouldBe(2);
        transport.Bodies.Zip(transport.Hashes).ShouldAllBe(pair => Hash(Encoding.UTF8.GetBytes(pair.First)) == pair.Second);
        transport.Bodies.ShouldAllBe(body => body.Contains(Id.ToString()));
    }

    [Fact]
    public async Task Calls_at_the_same_time_keep_their_own_ids()
    {
        var ids = Enumerable.Range(0, 50).Select(_ => Guid.NewGuid()).ToList();
        await Task.WhenAll(ids.Select(async id =>
        {
            using (RepeatabilityPolicy.Scope(id, FirstSent))
            {
                await Task.Yield();
                await SendAsync(body: Body.Replace("9h", id.ToString(), StringComparison.Ordinal));
            }
        }));
        transport.Bodies.Count.ShouldBe(50);
        transport.Bodies.Select(body => JsonDocument.Parse(body).RootElement).ShouldAllBe(sent =>
            sent.GetProperty("message").GetString()!.EndsWith(sent.GetProperty("smsRecipients")[0].GetProperty("repeatabilityRequestId").GetString()!));
    }

    [Fact]
    public async Task Nothing_leaves_without_a_stored_id_or_with_one_for_two()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => SendAsync());
        using (RepeatabilityPolicy.Scope(Id, FirstSent))
        {
            await Should.ThrowAsync<InvalidOperationException>(() => SendAsync(body: """{"smsRecipients":[{"to":"1"},{"to":"2"}]}"""));
        }

        transport.Bodies.ShouldBeEmpty();
    }

    [Fact]
    public async Task Other_calls_pass_as_they_are()
    {
        await SendAsync("/other", "{}");
        transport.Bodies.ShouldBe(["{}"]);
    }

    private static string Hash(byte[] body) => Convert.ToBase64String(SHA256.HashData(body));

    private sealed class Options : ClientOptions;

    private sealed class Signing : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            using var body = new MemoryStream();
            message.Request.Content!.WriteTo(body, default);
            message.Request.Headers.SetValue("x-ms-content-sha256", Hash(body.ToArray()));
        }
    }

    private sealed class Transport : HttpPipelineTransport
    {
        private readonly Lock gate = new();

        public List<string> Bodies { get; } = [];

        public List<string> Hashes { get; } = [];

        public Queue<int> Answers { get; } = [];

        public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

        public override void Process(HttpMessage message) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message)
        {
            using var body = new MemoryStream();
            await message.Request.Content!.WriteToAsync(body, default);
            lock (gate)
            {
                Bodies.Add(Encoding.UTF8.GetString(body.ToArray()));
                Hashes.Add(message.Request.Headers.TryGetValue("x-ms-content-sha256", out var hash) ? hash! : "");
                message.Response = new Answer(Answers.TryDequeue(out var status) ? status : 202);
            }
        }
    }
}
