using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Calls;
using Rdv.Directory.Import;
using Rdv.Dispatch;
using Rdv.Hotline;
using Rdv.Messages;
using Rdv.Territories;
using Rdv.Tests.Infrastructure;
using Rdv.Tests.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Dispatch;

/// <summary>One département whose rows cannot be read: the others are looked after, and someone is told which it is.</summary>
public sealed class TroubleTests(TableStorage storage) : ProductTest(storage)
{
    private const string Trouble = "13";

    [Fact]
    public async Task The_watchdog_finds_what_waits_elsewhere_and_names_the_territory_in_trouble()
    {
        var (world, product) = await CountryAsync();
        await product.BookAsync(new AnAppointment());
        world.Clock.AdvanceMinutes(20);
        Break(product);
        (await product.Get<WatchBacklog>().ExecuteAsync(TestContext.Current.CancellationToken)).Select(backlog => backlog.Channel)
            .ShouldBe([Channel.Sms, Channel.Mail], ignoreOrder: true);
        product.Logs.Of(LogLevel.Error).ShouldContain("What waits could not be read in 1 territories: 13. The others were looked at.");
    }

    [Fact]
    public async Task Nobody_reminded_in_Lyon_is_seen_though_Marseille_cannot_be_read()
    {
        var (world, product) = await CountryAsync();
        await product.BookAsync(new AnAppointment());
        foreach (var row in await world.RowsAsync("due|sms|"))
        {
            await world.Table.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: TestContext.Current.CancellationToken);
        }

        world.GoTo("2026-11-23T12:00");
        Break(product);
        (await product.Get<WatchReminders>().ExecuteAsync(TestContext.Current.CancellationToken)).ShouldBe([world.Territory]);
        product.Logs.Of(LogLevel.Error).ShouldContain("Whether people were reminded could not be read in 1 territories: 13. The others were looked at.");
    }

    [Fact]
    public async Task A_caller_is_found_in_Lyon_though_Marseille_cannot_be_read()
    {
        var (_, product) = await CountryAsync();
        var booked = await product.BookAsync(new AnAppointment().Calling("06 39 98 77 01"));
        Break(product);
        var found = (await product.Get<FindAppointments>().ExecuteAsync(new CallerSearch(Phone: "06 39 98 77 01"), TestContext.Current.CancellationToken)).Value;
        found.Appointments.ShouldHaveSingleItem().Reference.ShouldBe(booked.Reference);
        found.InTrouble.ShouldBe([Territory.Parse(Trouble)]);

        // Nothing found is not the same as nothing known.
        await Should.ThrowAsync<StorageUnavailableException>(() => product.Get<FindAppointments>().ExecuteAsync(
            new CallerSearch(Phone: "06 39 98 77 01", Territory: Territory.Parse(Trouble)), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Health_says_how_long_messages_wait_in_the_rest_and_what_is_in_trouble()
    {
        var (world, product) = await CountryAsync();
        await product.BookAsync(new AnAppointment());
        world.Sms.Refuse = _ => new SendResult.Unavailable("down");
        world.Clock.AdvanceMinutes(20);
        Break(product);
        await product.SendSmsAsync();
        await product.SendInvitesAsync();
        await product.DoChoresAsync();
        var found = (await product.Get<PauseDispatch>().ReadAsync(TestContext.Current.CancellationToken)).Loops;
        found.OldestAge.ShouldBe(Duration.FromMinutes(20));
        found.InTrouble.ShouldBe([Territory.Parse(Trouble)]);
        found.IsSilent.ShouldBeFalse();
    }

    [Fact]
    public async Task Messages_and_chores_of_the_others_are_done_and_the_log_names_the_one()
    {
        var (world, product) = await CountryAsync();
        var booked = await product.BookAsync(new AnAppointment());
        await product.CancelAsync(booked);
        Break(product);
        await product.SendSmsAsync();
        await product.DoChoresAsync();
        world.Sms.Kinds.ShouldBe(["cancellation"]);
        (await world.ChoresAsync()).ShouldBeEmpty();
        product.Logs.Of(LogLevel.Error).ShouldContain("The Sms messages of 1 territories could not be dispatched: 13. The others were.");
    }

    [Fact]
    public async Task The_hotline_goes_on_with_the_calls_of_the_others_and_sees_whose_are_missing()
    {
        var (world, product) = await CountryAsync();
        await product.BookAsync(new AnAppointment().OnALandline());
        world.GoTo("2026-11-23T11:30");
        Break(product);
        var found = await product.Get<ListCalls>().ExecuteAsync(null, null, TestContext.Current.CancellationToken);
        found.Sheets.ShouldHaveSingleItem().Call.Reason.ShouldBe(CallReasons.Landline);
        found.InTrouble.ShouldBe([Territory.Parse(Trouble)]);
        Rdv.Pages.Hotline.CallsView.Of(found, null).InTrouble!.ShouldContain("ceux de 13 ne se lisent pas");
    }

    private static void Break(Product product) =>
        product.Storage.Fault = request => request.Partition == Trouble ? StorageFault.NotReached : StorageFault.None;

    private async Task<(World World, Product Product)> CountryAsync()
    {
        var (world, product) = await StartAsync();
        for (var code = 1; code <= 20; code++)
        {
            if (Territory.TryParse($"{code:00}", out var territory))
            {
                await Directories.FillAsync(product.Get<WriteDirectory>(), territory, advisors: 1);
            }
        }

        return (world, product);
    }
}
