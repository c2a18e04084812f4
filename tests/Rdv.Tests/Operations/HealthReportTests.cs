using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Rdv.Dispatch;
using Rdv.Functions.Operations;
using Rdv.Messages;
using Rdv.Territories;
using Rdv.Tests.Dispatch;
using Rdv.Tests.Http;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Operations;

/// <summary>Anyone may ask for health, as often as they like: it is what the loops have seen.</summary>
public sealed class HealthReportTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task A_country_with_much_that_waits_costs_one_request_and_a_hundred_who_ask_in_five_seconds_no_other()
    {
        var (_, product) = await StartAsync();
        foreach (var territory in Country.Territories)
        {
            await product.Directory.ListTerritoryAsync(territory, TestContext.Current.CancellationToken);
        }

        await product.BookAsync(new AnAppointment());
        product.Time.Stop();
        var report = product.Get<HealthReport>();
        (await product.Storage.DuringAsync(() => report.GetAsync(default))).ShouldBe(["range"]);
        (await product.Storage.DuringAsync(() => Task.WhenAll(Enumerable.Range(0, 100).Select(_ => report.GetAsync(default))))).ShouldBeEmpty();

        product.Time.Skip(HealthReport.MaxAge);
        (await product.Storage.DuringAsync(() => Task.WhenAll(Enumerable.Range(0, 100).Select(_ => report.GetAsync(default))))).ShouldBe(["range"]);
    }

    [Fact]
    public async Task Who_stops_waiting_takes_nothing_from_the_others()
    {
        var (_, product) = await StartAsync();
        var answer = new TaskCompletionSource();
        product.Storage.Meanwhile = _ => answer.Task;
        var report = product.Get<HealthReport>();
        using var gone = new CancellationTokenSource();
        var first = report.GetAsync(gone.Token);
        var second = report.GetAsync(default);
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        answer.SetResult();
        (await second).ShouldNotBeNull();
    }

    [Fact]
    public async Task An_SMS_that_does_not_leave_grows_old_in_it_and_one_that_has_left_is_gone()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        world.Sms.Refuse = _ => new SendResult.Unavailable("down");
        for (var minute = 0; minute < 12; minute++)
        {
            await RunAsync(product);
            world.Clock.AdvanceMinutes(1);
        }

        await ShouldSayAsync(product, "ok", 12);
        world.Sms.Refuse = null;
        await RunUntilLeftAsync(world, product);
        await ShouldSayAsync(product, "ok", 0);
    }

    [Fact]
    public async Task A_change_that_is_put_off_grows_old_in_it_too()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        await RunAsync(product);
        await product.CancelAsync(booked);
        product.Storage.Fault = request => request.What == "transaction" ? StorageFault.NotReached : StorageFault.None;
        for (var run = 0; run < 5; run++)
        {
            world.Clock.AdvanceMinutes(3);
            await product.DoChoresAsync();
        }

        product.Storage.Mend();
        await product.DispatchAsync();
        (await AskAsync(product)).GetProperty("oldestDueMinutes").GetInt32().ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task What_has_just_fallen_due_is_no_trouble()
    {
        var (world, product) = await StartAsync();
        await RunAsync(product);
        await product.BookAsync(new AnAppointment());
        world.Clock.AdvanceMinutes(2);
        await ShouldSayAsync(product, "ok", 0);
    }

    [Theory]
    [InlineData(Channel.Sms)]
    [InlineData(Channel.Mail)]
    [InlineData(Channel.Chore)]
    public async Task A_loop_that_has_stopped_is_named_though_storage_answers(Channel dead)
    {
        var (world, product) = await StartAsync();
        await RunAsync(product);
        world.Clock.AdvanceMinutes(14);
        await RunAsync(product, dead);
        await ShouldSayAsync(product, "ok", 0);
        world.Clock.AdvanceMinutes(6);
        await RunAsync(product, dead);
        var said = await ShouldSayAsync(product, "degraded", 20, "dispatch");
        said.GetProperty("storage").GetString().ShouldBe("ok");
    }

    [Fact]
    public async Task A_territory_that_a_loop_could_not_read_is_named_until_one_has_read_it()
    {
        var (world, product) = await StartAsync();
        await product.Directory.ListTerritoryAsync(Territory.Parse("13"), TestContext.Current.CancellationToken);
        await RunAsync(product);
        product.Storage.Fault = request => request.Partition == "13" ? StorageFault.NotReached : StorageFault.None;
        world.Clock.AdvanceMinutes(1);
        await product.SendInvitesAsync();
        var said = await ShouldSayAsync(product, "degraded", 0, "13");
        said.GetProperty("storage").GetString().ShouldBe("degraded");
        product.Storage.Mend();
        world.Clock.AdvanceMinutes(1);
        await product.SendInvitesAsync();
        await ShouldSayAsync(product, "ok", 0);
    }

    [Fact]
    public async Task A_table_in_which_no_loop_has_ever_looked_is_no_ok()
    {
        var (_, product) = await StartAsync();
        var said = await AskAsync(product);
        (said.GetProperty("status").GetString(), said.GetProperty("oldestDueMinutes").ValueKind).ShouldBe(("degraded", JsonValueKind.Null));
    }

    [Fact]
    public async Task A_new_table_is_ok_before_the_first_run_and_one_that_was_there_is_left_as_it_is()
    {
        var (world, product) = await StartAsync();
        await world.Table.DeleteAsync(TestContext.Current.CancellationToken);
        await CreateTableAsync(product);
        await ShouldSayAsync(product, "ok", 0);
        world.Clock.AdvanceMinutes(20);
        await CreateTableAsync(product);
        await ShouldSayAsync(product, "degraded", 20, "dispatch");
    }

    [Fact]
    public async Task Where_only_what_the_loops_have_left_cannot_be_read_the_rest_is_not_called_away()
    {
        var (_, product) = await StartAsync();
        using var end = new CancellationTokenSource();
        product.Storage.Meanwhile = request => request.Partition == "operations"
            ? Task.Delay(Timeout.Infinite, end.Token).ContinueWith(_ => { }, TaskScheduler.Default)
            : Task.CompletedTask;
        var said = await AskAsync(product);
        await end.CancelAsync();
        said.GetProperty("status").GetString().ShouldBe("degraded");
        said.GetProperty("inTrouble").EnumerateArray().Select(part => part.GetString()).ShouldBe(["dispatch"]);
        said.GetProperty("sms").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    /// <summary>What a host does first of all.</summary>
    private static async Task CreateTableAsync(Product product)
    {
        foreach (var service in product.Get<IEnumerable<IHostedService>>().OfType<IHostedLifecycleService>())
        {
            await service.StartingAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A provider that failed is left alone for a while.</summary>
    private static async Task RunUntilLeftAsync(World world, Product product)
    {
        for (var minute = 0; minute < 30 && world.Sms.Delivered.Count == 0; minute++)
        {
            world.Clock.AdvanceMinutes(1);
            await RunAsync(product);
        }

        world.Clock.AdvanceMinutes(1);
        await RunAsync(product);
    }

    private static async Task RunAsync(Product product, Channel? dead = null)
    {
        if (dead != Channel.Sms)
        {
            await product.SendSmsAsync();
        }

        if (dead != Channel.Mail)
        {
            await product.SendInvitesAsync();
        }

        if (dead != Channel.Chore)
        {
            await product.DoChoresAsync();
        }
    }

    private static async Task<JsonElement> ShouldSayAsync(Product product, string status, int oldest, params string[] inTrouble)
    {
        var said = await AskAsync(product);
        said.GetProperty("status").GetString().ShouldBe(status);
        said.GetProperty("oldestDueMinutes").GetInt32().ShouldBe(oldest);
        said.GetProperty("inTrouble").EnumerateArray().Select(part => part.GetString()).ShouldBe(inTrouble);
        return said;
    }

    private static async Task<JsonElement> AskAsync(Product product)
    {
        product.Time.Skip(HealthReport.MaxAge);
        return (await Answers.ExecuteAsync(await product.Get<HealthReport>().GetAsync(TestContext.Current.CancellationToken))).Body;
    }
}
