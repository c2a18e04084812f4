using System.Net.Sockets;
using Azure;
using NodaTime;
using Rdv.Azure.Sms;
using Rdv.Messages;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Sms;

public sealed class AcsResultsTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 24, 8, 0);

    [Fact]
    public void An_accepted_message_carries_what_its_report_will_name() =>
        AcsResults.Of(202, successful: true, "Outgoing_1").ShouldBe(new SendResult.Sent("Outgoing_1"));

    [Theory]
    [InlineData(400, typeof(SendResult.Rejected))]
    [InlineData(404, typeof(SendResult.Rejected))]
    [InlineData(429, typeof(SendResult.Unavailable))]
    [InlineData(503, typeof(SendResult.Unavailable))]
    [InlineData(500, typeof(SendResult.Unknown))]
    [InlineData(412, typeof(SendResult.Unknown))]
    [InlineData(202, typeof(SendResult.Unknown))]
    public void A_202_can_carry_a_failure_of_its_recipient(int status, Type expected) =>
        AcsResults.Of(status, successful: false, null).ShouldBeOfType(expected);

    [Theory]
    [InlineData(400, typeof(SendResult.Rejected))]
    [InlineData(401, typeof(SendResult.Unavailable))]
    [InlineData(403, typeof(SendResult.Unavailable))]
    [InlineData(404, typeof(SendResult.Unavailable))]
    [InlineData(408, typeof(SendResult.Unknown))]
    [InlineData(412, typeof(SendResult.Unknown))]
    [InlineData(429, typeof(SendResult.Unavailable))]
    [InlineData(500, typeof(SendResult.Unknown))]
    [InlineData(503, typeof(SendResult.Unavailable))]
    public void A_refused_request_says_whose_fault_it_is(int status, Type expected)
    {
        var result = AcsResults.Of(new RequestFailedException(new Answer(status)), Now);
        result.ShouldBeOfType(expected);
        result.ToString()!.ShouldContain($"acs-{status}");
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("Tue, 24 Nov 2026 08:01:00 GMT", 60)]
    public void Retry_after_is_kept(string value, int seconds) =>
        AcsResults.Of(new RequestFailedException(new Answer(429, "Retry-After", value)), Now)
            .ShouldBe(new SendResult.Unavailable("acs-429", Duration.FromSeconds(seconds)));

    [Theory]
    [InlineData("-5")]
    [InlineData("soon")]
    public void A_strange_retry_after_is_left_out(string value) =>
        AcsResults.Of(new RequestFailedException(new Answer(503, "Retry-After", value)), Now).ShouldBe(new SendResult.Unavailable("acs-503"));

    [Fact]
    public void A_provider_never_reached_has_sent_nothing()
    {
        var refused = new RequestFailedException("no", new HttpRequestException("no", new SocketException((int)SocketError.ConnectionRefused)));
        AcsResults.Of(refused, Now).ShouldBe(new SendResult.Unavailable("acs-unreachable"));
        AcsResults.Of(new AggregateException(refused, refused), Now).ShouldBe(new SendResult.Unavailable("acs-unreachable"));
        var unnamed = new RequestFailedException("no", new HttpRequestException(HttpRequestError.NameResolutionError, "no"));
        AcsResults.Of(unnamed, Now).ShouldBeOfType<SendResult.Unavailable>();
    }

    [Fact]
    public void A_lost_answer_is_unknown()
    {
        var refused = new RequestFailedException("no", new HttpRequestException("no", new SocketException((int)SocketError.ConnectionRefused)));
        var cut = new RequestFailedException("no", new HttpRequestException(HttpRequestError.ResponseEnded, "cut"));
        AcsResults.Of(cut, Now).ShouldBeOfType<SendResult.Unknown>();
        AcsResults.Of(new TaskCanceledException("timeout"), Now).ShouldBeOfType<SendResult.Unknown>();
        AcsResults.Of(new AggregateException(cut, refused), Now).ShouldBeOfType<SendResult.Unknown>();
    }

    [Fact]
    public void Settings_do_not_print_the_key() =>
        new SmsSettings(null, "endpoint=https://x;accesskey=hidden-word", "RDV NUM").ToString().ShouldNotContain("hidden-word");
}
