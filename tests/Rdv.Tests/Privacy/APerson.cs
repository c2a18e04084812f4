using Azure.Data.Tables;
using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Calls;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Invites;
using Rdv.Messages;
using Rdv.People;
using Rdv.Tests.Infrastructure;
using Rdv.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Privacy;

/// <summary>Someone who meets the product at each of its doors, under words that nothing else says.</summary>
internal static class APerson
{
    public const string Mobile = "06 39 98 76 54";

    private const string HelperMobile = "06 39 98 76 55";
    private const string Street = "12 impasse des Pervenches";

    private static readonly CitizenForm Citizen = new(
        "Ondine Secrète", Mobile, "ondine.secrete@exemple.example", "Chez Ondine", "Besoin confidentiel", ReminderTwoHours: true);

    private static readonly HelperForm Helper = new("Gaspard Discret", HelperMobile, Consent: true);

    /// <summary>What would tell who it is.</summary>
    public static IReadOnlyList<string> Typed { get; } =
        ["Ondine", "Secrète", "Gaspard", "Discret", "639987654", "639987655", "6 39 98 76 54", "Pervenches", "exemple.example", "confidentiel"];

    /// <summary>The same, and the hash that numbers are found by.</summary>
    public static IReadOnlyList<string> Words(Product product) => [.. Typed, product.Get<Links>().IndexOf(PhoneNumber.FromE164("+33639987654")).Hash[..20]];

    public static bool Says(string? text, IReadOnlyList<string> words) => words.Any(word => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>An advisor who also comes home.</summary>
    public static async Task OpenAsync(World world, Product product)
    {
        (await product.Get<ChangeOpeningHours>().ExecuteAsync(
            world.Territory,
            new AdvisorId("a1"),
            [new OpeningHours([1, 2, 3, 4, 5, 6, 7], new LocalTime(8, 0), new LocalTime(20, 0), Directories.Place, Means: [Means.Place, Means.Home])],
            TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        (await product.Get<ChangeBookingRules>().ExecuteAsync(
            world.Territory, new AdvisorId("a1"), new BookingRules { HomeKilometres = 10 }, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
    }

    public static async Task<Appointment> BookAsync(this Product product, World world, AnAppointment wanted) => (await product.Get<BookAppointment>().ExecuteAsync(
        wanted.In(world.Territory) with { Citizen = Citizen, Helper = Helper, Note = "Note confidentielle" }, TestContext.Current.CancellationToken)).Value.Appointment;

    /// <summary>At home on the web, on the telephone, cancelled with a reason, in a workshop and in a course; on the waiting list; called, with a note.</summary>
    /// <returns>The appointments, but for those of the course.</returns>
    public static async Task<IReadOnlyList<Appointment>> LiveAsync(World world, Product product)
    {
        await OpenAsync(world, product);
        world.Sms.Refuse = sms => sms.Kind == MessageKinds.Confirmation ? new SendResult.Rejected("acs-400") : null;
        var home = await product.BookAsync(world, new AnAppointment().At("2026-11-27T10:00").AtHome(Street, "69383"));
        var byPhone = await product.BookAsync(world, new AnAppointment().At("2026-11-25T14:00").BookedBy(Actor.Hotline));
        var cancelled = await product.BookAsync(world, new AnAppointment().At("2026-11-24T09:00"));
        var seat = await product.BookAsync(world, new AnAppointment().In(await product.PlanWorkshopAsync("2026-11-28T09:00")));
        await product.BookAsync(world, new AnAppointment().InCourse((await product.PlanCourseAsync(["2026-11-29T14:00", "2026-12-06T14:00"])).Id));
        (await product.Get<CancelAppointment>().ExecuteAsync(
            cancelled.Reference, new Access.ByStaff(Actor.Citizen), "Raison confidentielle", TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        (await product.Get<AskForEarlier>().ExecuteAsync(home.Reference, new Access.ByStaff(Actor.Citizen), TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        (await product.Get<AskToBeCalled>().ExecuteAsync(
            new CallbackRequest(world.Territory, "premiers-pas", "69383", Citizen, "Note confidentielle", Actor.Citizen, RequestIdentity.Of("callback", null, ""))
            {
                Means = "home",
                Home = new HomeForm(Street, "69383"),
            },
            TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();

        await product.DispatchForAsync(2);
        var sheets = (await product.Get<ListCalls>().ExecuteAsync(world.Territory, world.Clock.GetCurrentInstant() + Duration.FromDays(3), TestContext.Current.CancellationToken)).Sheets;
        sheets.Select(sheet => sheet.Call.Reason).ShouldContain(CallReasons.Undelivered);
        foreach (var sheet in sheets.Where(sheet => sheet.Call.Reason is CallReasons.Undelivered or CallReasons.Request).DistinctBy(sheet => sheet.Call.Reason))
        {
            (await product.Get<FinishCall>().ExecuteAsync(sheet.Id, CallOutcome.Reached, "Ondine Secrète viendra", TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        }

        return [home, byPhone, cancelled, seat];
    }

    /// <summary>Every timer, at the day mail, at the reminders and after the last meeting; and the feed of the advisor.</summary>
    public static async Task RunTheDaysAsync(World world, Product product)
    {
        foreach (var day in Enumerable.Range(17, 14).Select(day => $"2026-11-{day:D2}").Append("2026-12-05").Append("2026-12-06").Append("2026-12-07"))
        {
            foreach (var hour in new[] { "03:10", "07:01", "09:31", "17:00" })
            {
                if (world.At($"{day}T{hour}") > world.Clock.GetCurrentInstant())
                {
                    world.GoTo($"{day}T{hour}");
                    await RunTimersAsync(product);
                }
            }
        }

        (await product.Get<ReadFeed>().ExecuteAsync(product.Get<FeedTokens>().Of(world.Territory, new AdvisorId("a1")), TestContext.Current.CancellationToken)).ShouldNotBeNull();
    }

    public static async Task RunTimersAsync(Product product)
    {
        foreach (var timer in ATimer.All())
        {
            await timer.RunAsync(product);
        }
    }

    /// <summary>Each row and each log line that says one of the words.</summary>
    public static async Task<IReadOnlyList<string>> TracesAsync(World world, Product product)
    {
        var words = Words(product);
        var traces = new List<string>();
        await foreach (var row in world.Table.QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
        {
            // What an administrator asked about is kept for a year under the hash.
            if (row.PartitionKey != "privacy")
            {
                traces.AddRange(row.Where(column => Says(column.Value?.ToString(), words)).Select(column => $"{row.RowKey}: {column.Key}"));
            }
        }

        return [.. traces, .. product.Logs.All.Where(line => Says(line, words)).Select(line => $"log: {line}")];
    }
}
