using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using NodaTime;
using Rdv.Dispatch;
using Rdv.Messages;
using Rdv.People;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Operations;

/// <summary>What whoever operates Rdv asks in the morning: how many booked, how many were told, what waits, is storage well.</summary>
public sealed partial class MetricsTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task Bookings_are_counted_by_door_and_a_slot_that_was_just_taken_is_seen()
    {
        var (_, product) = await StartAsync();
        using var numbers = Of(product);
        await product.BookAsync(new AnAppointment());
        await product.BookAsync(new AnAppointment().At("2026-11-24T11:00").BookedBy(Actor.Hotline));
        (await product.TryBookAsync(new AnAppointment())).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await product.TryHoldAsync("2026-11-24T09:00")).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        numbers.Sum("rdv.bookings", "rdv.door=web rdv.outcome=booked").ShouldBe(1);
        numbers.Sum("rdv.bookings", "rdv.door=hotline rdv.outcome=booked").ShouldBe(1);
        numbers.Sum("rdv.bookings", "rdv.door=web rdv.outcome=slot-taken").ShouldBe(1);
        numbers.Sum("rdv.refusals", "rdv.refusal=slot-taken").ShouldBe(2, "a form that keeps a slot is refused as well");
    }

    [Fact]
    public async Task Messages_are_counted_when_they_come_to_their_end_by_channel_and_kind()
    {
        var (world, product) = await StartAsync();
        using var numbers = Of(product);
        await product.BookAsync(new AnAppointment());
        await product.DispatchAsync();
        numbers.Sum("rdv.messages.settled", "rdv.channel=sms rdv.message.kind=confirmation rdv.outcome=sent").ShouldBe(1);
        numbers.Sum("rdv.messages.settled", "rdv.channel=mail rdv.message.kind=invite rdv.outcome=sent").ShouldBe(1);

        await product.ReportAsync(world.Sms.Delivered[0], id: null);
        await product.ReportAsync(world.Sms.Delivered[0], id: null);
        numbers.Sum("rdv.messages.reported", "rdv.channel=sms rdv.message.kind=confirmation rdv.outcome=delivered").ShouldBe(1, "the same report again is none");

        world.Sms.Refuse = _ => new SendResult.Rejected("acs-400");
        await product.BookAsync(new AnAppointment().At("2026-11-24T11:00"));
        await product.SendSmsAsync();
        numbers.Sum("rdv.messages.settled", "rdv.channel=sms rdv.message.kind=confirmation rdv.outcome=failed").ShouldBe(1);

        // Nobody sends until the appointment is over.
        await product.BookAsync(new AnAppointment().At("2026-11-24T13:00"));
        world.GoTo("2026-11-25T10:00");
        await product.SendSmsAsync();
        numbers.Sum("rdv.messages.settled", "rdv.channel=sms rdv.message.kind=confirmation rdv.outcome=late").ShouldBe(1);
    }

    [Fact]
    public async Task The_age_of_what_waits_rises_while_a_provider_is_away_and_falls_to_nothing()
    {
        var (world, product) = await StartAsync();
        using var numbers = Of(product);
        await product.BookAsync(new AnAppointment());
        world.Sms.Refuse = _ => new SendResult.Unavailable("acs-503");
        await product.SendSmsAsync();
        world.Clock.AdvanceMinutes(20);
        await product.SendSmsAsync();
        world.Sms.Refuse = null;
        world.Clock.AdvanceMinutes(20);
        await product.SendSmsAsync();
        world.Clock.AdvanceMinutes(1);
        await product.SendSmsAsync();
        numbers.Values("rdv.backlog.age", "rdv.channel=sms").ShouldBe([0, 1_200, 2_400, 0]);
        await product.DoChoresAsync();
        numbers.Values("rdv.backlog.age", "rdv.channel=chore").ShouldBe([0]);
    }

    [Fact]
    public async Task Somebody_who_was_faster_is_a_conflict_and_each_request_to_storage_has_its_time()
    {
        var (world, product) = await StartAsync();
        using var numbers = Of(product);
        var once = true;
        product.Storage.Meanwhile = async request =>
        {
            if (request.IsTransaction && once)
            {
                once = false;
                await product.BookAsync(new AnAppointment().At("2026-11-24T11:00"));
            }
        };
        await product.BookAsync(new AnAppointment());
        numbers.TagsOf("rdv.transaction.conflicts").ShouldHaveSingleItem().ShouldBeOneOf("db.response.status_code=409", "db.response.status_code=412");
        numbers.TagsOf("db.client.operation.duration").ShouldContain("db.system.name=azure.tables db.operation.name=transaction db.response.status_code=202");
        numbers.Values("db.client.operation.duration", "db.system.name=azure.tables db.operation.name=get db.response.status_code=200").ShouldAllBe(seconds => seconds > 0 && seconds < 60);

        // Nobody listens there.
        var away = world.Start(settings: new Dictionary<string, string?> { ["Tables:ConnectionString"] = world.ConnectionString.Replace("127.0.0.1:", "127.0.0.2:", StringComparison.Ordinal) });
        using var unanswered = Of(away);
        await Should.ThrowAsync<StorageUnavailableException>(() => away.Get<PauseDispatch>().ReadAsync(TestContext.Current.CancellationToken));
        unanswered.TagsOf("db.client.operation.duration").ShouldBe(["db.system.name=azure.tables db.operation.name=query error.type=no-answer"]);
    }

    [Fact]
    public async Task The_page_of_operations_lists_every_metric_with_its_unit_and_its_attributes()
    {
        var (_, product) = await StartAsync();
        var instruments = new Dictionary<string, string?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Scope == product.Get<IMeterFactory>() && instrument.Meter.Name == RdvMetrics.MeterName)
                {
                    instruments[instrument.Name] = instrument.Unit;
                }
            },
        };
        product.Get<RdvMetrics>();
        listener.Start();
        var page = RepositoryRoot.Text("docs", "operations.md");
        page = page[page.IndexOf("## Metrics", StringComparison.Ordinal)..];
        var listed = Row().Matches(page[..page.IndexOf("\n## ", StringComparison.Ordinal)]);
        listed.ToDictionary(row => row.Groups["name"].Value, row => (string?)row.Groups["unit"].Value).ShouldBe(instruments, ignoreOrder: true);

        var attributes = AttributeName().Matches(RepositoryRoot.Text("functions", "Rdv", "RdvMetrics.cs")).Select(match => match.Groups[1].Value).Except(instruments.Keys).Append(Tracing.Outcome);
        listed.SelectMany(row => Quoted().Matches(row.Groups["attributes"].Value)).Select(match => match.Groups[1].Value).Distinct().ShouldBe(attributes, ignoreOrder: true);
    }

    private static Numbers Of(Product product)
    {
        product.Get<RdvMetrics>();
        return new Numbers(product.Get<IMeterFactory>());
    }

    [GeneratedRegex(@"^\| `(?<name>[a-z._]+)` \| `(?<unit>[^`]+)` \| (?<attributes>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z_]+(?:[.][a-z_]+)+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("\"((?:rdv|db|error)[.][a-z._]+)\"")]
    private static partial Regex AttributeName();
}
