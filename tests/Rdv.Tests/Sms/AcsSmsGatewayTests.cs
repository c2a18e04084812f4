#if SMS_PACKAGE
using Azure.Core;
using NodaTime;
using NodaTime.Testing;
using Rdv.Azure.Sms;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
using Rdv.Territories;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Sms;

/// <summary>The adapter with the SDK in it, against a server that checks what leaves. Compiled with the package only (docs/adr/0002).</summary>
public sealed class AcsSmsGatewayTests
{
    private static readonly Territory Lyon = Territory.Parse("69");

    [Fact]
    public async Task An_sms_leaves_signed_with_its_tag_and_its_stored_id_and_a_repetition_is_recognised()
    {
        await using var server = await FakeAcs.StartAsync();
        var gateway = Gateway(server);
        var sms = Sms();
        var first = (await gateway.SendAsync(sms, TestContext.Current.CancellationToken)).ShouldBeOfType<SendResult.Sent>();
        var accepted = server.Accepted.ShouldHaveSingleItem();
        first.ProviderId.ShouldBe(accepted.MessageId);
        (accepted.From, accepted.To, accepted.Text, accepted.Tag).ShouldBe((FakeAcs.Sender, "+33639981234", "Médiathèque à 9h", sms.Tag.ToString()));
        (accepted.RepeatabilityId, accepted.FirstSent).ShouldBe((sms.RepeatabilityId, sms.FirstSent.ToDateTimeOffset()));

        (await gateway.SendAsync(sms, TestContext.Current.CancellationToken)).ShouldBe(first);
        server.Accepted.ShouldHaveSingleItem();
        server.Refused.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_provider_answers_is_understood()
    {
        await using var server = await FakeAcs.StartAsync();
        var gateway = Gateway(server);
        server.Next = (429, 30);
        (await gateway.SendAsync(Sms(), TestContext.Current.CancellationToken)).ShouldBe(new SendResult.Unavailable("acs-429", Duration.FromSeconds(30)));
        server.Next = (500, null);
        (await gateway.SendAsync(Sms(), TestContext.Current.CancellationToken)).ShouldBeOfType<SendResult.Unknown>();
        server.Next = null;
        server.RecipientStatus = 400;
        (await gateway.SendAsync(Sms(), TestContext.Current.CancellationToken)).ShouldBe(new SendResult.Rejected("acs-400"));
        server.Accepted.ShouldBeEmpty();
    }

    private static AcsSmsGateway Gateway(FakeAcs server) => new(
        new SmsSettings(null, server.ConnectionString, FakeAcs.Sender), new NoCredential(), new FakeClock(Instant.FromUtc(2026, 11, 24, 8, 0)));

    private static OutgoingSms Sms()
    {
        PhoneNumber.TryParse("06 39 98 12 34", Lyon, out var number).ShouldBeTrue();
        var firstSent = Instant.FromUtc(2026, 11, 24, 8, 0);
        return new OutgoingSms(
            null, MessageKinds.Reminder, number, "Médiathèque à 9h", Guid.NewGuid(), firstSent,
            new MessageTag(new Subject(Lyon, "w1"), firstSent, MessageKinds.Reminder, Recipient.Citizen, 1));
    }

    /// <summary>A connection string needs none.</summary>
    private sealed class NoCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
#endif
