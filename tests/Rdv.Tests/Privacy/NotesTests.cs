using NodaTime;
using Rdv.Calls;
using Rdv.Messages;
using Rdv.Privacy;
using Rdv.Tests.Infrastructure;
using Rdv.Tests.Waiting;
using Rdv.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Privacy;

/// <summary>What an operator wrote of a call is found by the person's number as long as it is there, whatever has become of what the call was about.</summary>
public sealed class NotesTests(TableStorage storage) : ProductTest(storage)
{
    private const string Note = "Ondine Secrète rappellera";

    public static TheoryData<string> Ends => ["done", "left", "claimed", "sixty days"];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Of_who_waited_it_is_exported_and_erased_with_the_hash_that_finds_it(string end)
    {
        var (world, product) = await StartAsync();
        await WaitAndEndAsync(world, product, end);

        (await ExportAsync(product)).CallsMade.ShouldContain(call => call.Note == Note);
        var erased = await EraseAsync(product);
        erased.Calls.ShouldBe(1);
        (await APerson.TracesAsync(world, product)).ShouldBeEmpty();
        (await ExportAsync(product)).CallsMade.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_found_under_an_older_secret()
    {
        var (world, product) = await StartAsync();
        await WaitAndEndAsync(world, product, "done");
        var later = world.Start(settings: new Dictionary<string, string?> { ["Keys:Phone:2"] = Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray()) });
        (await ExportAsync(later)).CallsMade.ShouldContain(call => call.Note == Note);
        (await EraseAsync(later)).Calls.ShouldBe(1);
        (await APerson.TracesAsync(world, product)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Its_hash_goes_with_it_after_ninety_days()
    {
        var (world, product) = await StartAsync();
        await WaitAndEndAsync(world, product, "done");
        (await APerson.TracesAsync(world, product)).ShouldNotBeEmpty();
        await PassAsync(world, product, "2027-02-15T10:00");
        (await APerson.TracesAsync(world, product)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_number_is_not_found()
    {
        var (world, product) = await StartAsync();
        await WaitAndEndAsync(world, product, "done");
        (await product.Get<ExportPerson>().ExecuteAsync("06 39 98 12 34", null, "admin", TestContext.Current.CancellationToken)).Value.CallsMade.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_who_left_while_the_call_was_made_nothing_is_kept_that_nobody_could_find()
    {
        var (world, product) = await StartAsync();
        var person = await product.AskAsync(world, new ARequest(APerson.Mobile, "Ondine Secrète"));
        var sheet = await SheetAsync(world, product);
        await product.Get<LeaveWaitingList>().ExecuteAsync(person.Id, product.KeyOf(person), TestContext.Current.CancellationToken);
        (await product.Get<FinishCall>().ExecuteAsync(sheet.Id, CallOutcome.Reached, Note, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        (await world.RowsAsync("log|")).ShouldContain(row => row.RowKey.Contains("|call|", StringComparison.Ordinal));
        (await APerson.TracesAsync(world, product)).ShouldBeEmpty();
    }

    /// <summary>The person is told of the cancellation for a day: a note of that call is of the same day.</summary>
    [Fact]
    public async Task Of_an_appointment_it_goes_with_the_person()
    {
        var (world, product) = await StartAsync();
        world.Sms.Refuse = sms => sms.Kind == MessageKinds.Cancellation ? new SendResult.Rejected("acs-400") : null;
        await product.BookAsync(new AnAppointment().At("2026-11-24T16:00").Calling(APerson.Mobile).For("Ondine Secrète"));
        (await product.Get<ErasePerson>().ExecuteAsync(APerson.Mobile, null, true, "admin", TestContext.Current.CancellationToken)).Value.Cancelled.Count.ShouldBe(1);
        await product.DispatchForAsync(2);
        var sheet = await SheetAsync(world, product);
        (await product.Get<FinishCall>().ExecuteAsync(sheet.Id, CallOutcome.Reached, Note, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        (await APerson.TracesAsync(world, product)).ShouldNotBeEmpty();

        world.Clock.AdvanceHours(25);
        await product.DoChoresAsync();
        (await APerson.TracesAsync(world, product)).ShouldBeEmpty();
    }

    private static async Task WaitAndEndAsync(World world, Product product, string end)
    {
        var booked = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        var person = await product.AskAsync(world, new ARequest(APerson.Mobile, "Ondine Secrète"));
        var sheet = await SheetAsync(world, product);
        var outcome = end == "done" ? CallOutcome.Done : CallOutcome.Reached;
        if (end == "claimed")
        {
            await product.CancelAsync(booked);
            await product.DoChoresAsync();
        }
        else if (end == "sixty days")
        {
            // The call was made when the list had nearly forgotten them.
            world.GoTo("2027-01-10T09:00");
        }

        (await product.Get<FinishCall>().ExecuteAsync(sheet.Id, outcome, Note, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        switch (end)
        {
            case "left":
                (await product.Get<LeaveWaitingList>().ExecuteAsync(person.Id, product.KeyOf(person), TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
                break;
            case "claimed":
                (await product.ClaimAsync(person)).Refusal.ShouldBeNull();
                break;
            case "sixty days":
                await PassAsync(world, product, "2027-01-16T10:00");
                break;
        }

        (await product.WaitingAsync(person.Id)).ShouldBeNull();
        if (end == "claimed")
        {
            world.GoTo("2026-11-25T09:00");
        }
    }

    private static async Task<CallSheet> SheetAsync(World world, Product product) => (await product.Get<ListCalls>().ExecuteAsync(
        world.Territory, world.Clock.GetCurrentInstant() + Duration.FromDays(3), TestContext.Current.CancellationToken)).Sheets.First(sheet => sheet.Name == "Ondine Secrète");

    private static async Task<PersonRecords> ExportAsync(Product product) =>
        (await product.Get<ExportPerson>().ExecuteAsync(APerson.Mobile, null, "admin", TestContext.Current.CancellationToken)).Value;

    private static async Task<PersonErased> EraseAsync(Product product) =>
        (await product.Get<ErasePerson>().ExecuteAsync(APerson.Mobile, null, cancelToCome: false, "admin", TestContext.Current.CancellationToken)).Value;

    private static async Task PassAsync(World world, Product product, string wallTime)
    {
        world.GoTo(wallTime);
        await APerson.RunTimersAsync(product);
    }
}
