using NodaTime;
using NodaTime.Text;
using Rdv.Invites;
using Rdv.Messages;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Invites;

/// <summary>
/// All that the advisor is mailed of a workshop, or of an appointment, is one event that changes: read by two readers that share no code
/// with the writer, and beside the feed at each step.
/// </summary>
public sealed class OneEventTests(TableStorage storage) : ProductTest(storage)
{
    /// <summary>Territory, now, first wall time and its instant, wall time after the move and its instant.</summary>
    public static TheoryData<string, string, string, string, string, string> Times { get; } = new()
    {
        { "69", "2026-11-16T08:00:00Z", "2026-11-24T14:00", "2026-11-24T13:00:00Z", "2026-11-26T10:00", "2026-11-26T09:00:00Z" },
        { "69", "2027-07-05T08:00:00Z", "2027-07-13T14:00", "2027-07-13T12:00:00Z", "2027-07-15T10:00", "2027-07-15T08:00:00Z" },
        // Moved over the change of the clocks: the same hour on the wall is another instant.
        { "69", "2027-03-15T08:00:00Z", "2027-03-26T14:00", "2027-03-26T13:00:00Z", "2027-03-30T14:00", "2027-03-30T12:00:00Z" },
        { "974", "2026-11-16T08:00:00Z", "2026-11-24T14:00", "2026-11-24T10:00:00Z", "2026-11-25T09:00", "2026-11-25T05:00:00Z" },
        { "971", "2026-11-16T12:00:00Z", "2026-11-24T14:00", "2026-11-24T18:00:00Z", "2026-11-25T18:00", "2026-11-25T22:00:00Z" },
    };

    [Theory]
    [MemberData(nameof(Times))]
    public async Task A_workshop(string territory, string now, string planned, string plannedAt, string moved, string movedAt)
    {
        var (world, product) = await StartAsync(advisors: 1, territory, Parse(now));
        var steps = new Steps(world, product);

        var workshop = await product.PlanWorkshopAsync(planned);
        await steps.MailedAsync(MessageKinds.Invite, 0, plannedAt, minutes: 120, "Places prises : 0 sur 3");

        await product.BookAsync(new AnAppointment().For("Odette Fictive").Calling("+33 6 39 98 12 34").In(workshop));
        world.Clock.AdvanceMinutes(61);
        await steps.MailedAsync(MessageKinds.InviteUpdate, 0, plannedAt, minutes: 120, "Odette Fictive");

        (await product.TryMoveAsync(workshop, moved)).Refusal.ShouldBeNull();
        await steps.MailedAsync(MessageKinds.InviteUpdate, 1, movedAt, minutes: 120, "Odette Fictive");

        (await product.TryCancelAsync(workshop)).Refusal.ShouldBeNull();
        await steps.CancelledAsync(2, movedAt);
    }

    [Theory]
    [MemberData(nameof(Times))]
    public async Task An_appointment(string territory, string now, string planned, string plannedAt, string moved, string movedAt)
    {
        var (world, product) = await StartAsync(advisors: 1, territory, Parse(now));
        var steps = new Steps(world, product);

        var booked = await product.BookAsync(new AnAppointment().For("Odette Fictive").Calling("+33 6 39 98 12 34").At(planned));
        await steps.MailedAsync(MessageKinds.Invite, 0, plannedAt, minutes: 60, "Odette Fictive");

        await product.MoveAsync(booked, moved);
        await steps.MailedAsync(MessageKinds.InviteUpdate, 1, movedAt, minutes: 60, "Odette Fictive");

        await product.CancelAsync(booked);
        await steps.CancelledAsync(2, movedAt);
    }

    private static Instant Parse(string instant) => InstantPattern.General.Parse(instant).Value;

    /// <summary>The mailbox of the advisor, one mail after the other.</summary>
    private sealed class Steps(World world, Product product)
    {
        private string? _uid;
        private DateTimeOffset _stamp;

        public async Task MailedAsync(string kind, int sequence, string start, int minutes, string says)
        {
            var read = await NextAsync(kind, "REQUEST", "CONFIRMED", sequence, start);
            (read.End - read.Start).TotalMinutes.ShouldBe(minutes);
            read.Description.ShouldContain(says);

            var feed = await FeedAsync();
            var inFeed = JsCalendar.Read(feed).Events.ShouldHaveSingleItem();
            (inFeed.Uid, inFeed.Sequence, inFeed.Start, inFeed.End, inFeed.Description, inFeed.Summary)
                .ShouldBe((read.Uid, read.Sequence, read.Start, read.End, read.Description, read.Summary));
            var python = PythonCalendar.Read(feed).Components.ShouldHaveSingleItem();
            (python["UID"], python["SEQUENCE"], DateTimeOffset.Parse(python["DTSTART"], null)).ShouldBe((read.Uid, $"{sequence}", read.Start));
        }

        public async Task CancelledAsync(int sequence, string start)
        {
            await NextAsync(MessageKinds.InviteCancel, "CANCEL", "CANCELLED", sequence, start);
            JsCalendar.Read(await FeedAsync()).Events.ShouldBeEmpty();
        }

        private async Task<JsCalendar.Event> NextAsync(string kind, string method, string status, int sequence, string start)
        {
            var before = world.Mail.Received.Count;
            world.Clock.AdvanceSeconds(60);
            await product.SendInvitesAsync();
            var mail = world.Mail.Received.Skip(before).ShouldHaveSingleItem();
            mail.Kind.ShouldBe(kind);
            mail.Method.ShouldBe(method);

            var calendar = JsCalendar.Read(mail.Calendar!);
            calendar.Method.ShouldBe(method);
            var read = calendar.Events.ShouldHaveSingleItem();
            _uid ??= read.Uid;
            (read.Uid, read.Sequence, read.Status).ShouldBe((_uid, sequence, status));
            read.Start.ShouldBe(Parse(start).ToDateTimeOffset());
            // With the same SEQUENCE, the newer stamp wins (RFC 5546, 2.1.5).
            read.Stamp.ShouldBeGreaterThan(_stamp);
            _stamp = read.Stamp;

            var python = PythonCalendar.Read(mail.Calendar!);
            python["METHOD"].ShouldBe(method);
            var other = python.Components.ShouldHaveSingleItem();
            other.Errors.ShouldBeEmpty();
            (other["UID"], other["SEQUENCE"], other["STATUS"]).ShouldBe((_uid, $"{sequence}", status));
            DateTimeOffset.Parse(other["DTSTART"], null).ShouldBe(read.Start);
            DateTimeOffset.Parse(other["DTEND"], null).ShouldBe(read.End);
            return read;
        }

        private async Task<string> FeedAsync() => (await product.Get<ReadFeed>().ExecuteAsync(
            product.Get<FeedTokens>().Of(world.Territory, new Rdv.Ids.AdvisorId("a1")), CancellationToken.None)).ShouldNotBeNull();
    }
}
