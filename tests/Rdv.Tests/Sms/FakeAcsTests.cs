using System.Globalization;
using System.Security.Cryptography;
using Azure.Core;
using Azure.Core.Pipeline;
using NodaTime;
using Rdv.Azure.Sms;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Sms;

/// <summary>
/// A real pipeline of Azure.Core, over the network, to a server that checks what leaves: the body that our policy rewrites is the one that is
/// signed. The SDK's own client is not in it: see <c>AcsSmsGatewayTests</c>, compiled with its package.
/// </summary>
public sealed class FakeAcsTests
{
    private static readonly Guid Id = Guid.Parse("0d6b2c3e-6b1f-4b5e-9a0e-7a1c2d3e4f50");
    private static readonly Instant FirstSent = Instant.FromUtc(2026, 11, 24, 8, 5, 9);

    // As the SDK writes it.
    private const string Body =
        """{"from":"RDV NUM","smsRecipients":[{"to":"\u002B33639981234","repeatabilityRequestId":"11111111-1111-1111-1111-111111111111","repeatabilityFirstSent":"Mon, 01 Apr 2019 06:22:03 GMT"}],"message":"Médiathèque à 9h","smsSendOptions":{"enableDeliveryReport":true,"tag":"69|2026-11-24T08:00:00Z|K7Q29XM4|reminder|citizen|1"}}""";

    [Fact]
    public async Task What_leaves_is_signed_and_carries_the_stored_id()
    {
        await using var server = await FakeAcs.StartAsync();
        (await SendAsync(server)).ShouldBe(202);
        server.Refused.ShouldBeEmpty();
        var sms = server.Accepted.ShouldHaveSingleItem();
        (sms.RepeatabilityId, sms.FirstSent).ShouldBe((Id, FirstSent.ToDateTimeOffset()));
        (sms.From, sms.To, sms.Text).ShouldBe((FakeAcs.Sender, "+33639981234", "Médiathèque à 9h"));
        sms.Tag.ShouldBe("69|2026-11-24T08:00:00Z|K7Q29XM4|reminder|citizen|1");
    }

    [Fact]
    public async Task A_second_try_is_recognised_and_does_not_ring_again()
    {
        await using var server = await FakeAcs.StartAsync();
        await SendAsync(server);
        (await SendAsync(server)).ShouldBe(202);
        server.Accepted.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_server_refuses_what_is_wrong()
    {
        await using var server = await FakeAcs.StartAsync();
        (await SendAsync(server, signed: "x")).ShouldBe(401);
        (await SendAsync(server, signed: "", path: "sms")).ShouldBe(401);
        (await SendAsync(server, body: Body.Replace("true", "false", StringComparison.Ordinal))).ShouldBe(400);
        (await SendAsync(server, body: Body.Replace("\\u002B", "", StringComparison.Ordinal))).ShouldBe(400);
        (await SendAsync(server, policy: HttpPipelinePosition.PerRetry)).ShouldBe(401);
        server.Refused.ShouldBe(["the signature is not ours", "no api-version", "no report is asked for", "the number is not in E.164", "the hash is not that of the body"]);
        server.Accepted.ShouldBeEmpty();
    }

    private static async Task<int> SendAsync(
        FakeAcs server, string signed = "", string body = Body, string path = "sms?api-version=2021-03-07", HttpPipelinePosition policy = HttpPipelinePosition.PerCall)
    {
        var options = new Options();
        options.Retry.MaxRetries = 0;
        // The SDK's authentication policy is the last of the per-retry ones, so one of ours that is added there runs after it.
        var pipeline = policy == HttpPipelinePosition.PerCall
            ? HttpPipelineBuilder.Build(options, [new RepeatabilityPolicy()], [new Signing(signed)], null)
            : HttpPipelineBuilder.Build(options, [], [new Signing(signed), new RepeatabilityPolicy()], null);
        using var message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(new Uri(server.Endpoint, path));
        message.Request.Headers.SetValue("Content-Type", "application/json");
        message.Request.Content = RequestContent.Create(BinaryData.FromString(body));
        using (RepeatabilityPolicy.Scope(Id, FirstSent))
        {
            await pipeline.SendAsync(message, TestContext.Current.CancellationToken);
        }

        return message.Response.Status;
    }

    private sealed class Options : ClientOptions;

    /// <summary>What the authentication policy of the SDK does, by its documentation.</summary>
    private sealed class Signing(string spoil) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            using var body = new MemoryStream();
            message.Request.Content!.WriteTo(body, default);
            var hash = Convert.ToBase64String(SHA256.HashData(body.ToArray()));
            var uri = message.Request.Uri.ToUri();
#pragma warning disable RS0030 // A signature carries the time of the machine.
            var date = SystemClock.Instance.GetCurrentInstant().ToDateTimeUtc().ToString("r", CultureInfo.InvariantCulture);
#pragma warning restore RS0030
            message.Request.Headers.SetValue("x-ms-date", date);
            message.Request.Headers.SetValue("x-ms-content-sha256", hash);
            message.Request.Headers.SetValue("Authorization", FakeAcs.Sign(uri.PathAndQuery, date, uri.Authority, hash) + spoil);
        }
    }
}
