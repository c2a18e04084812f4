using System.Globalization;
using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Calendars;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Load;
using Rdv.Messages;
using Rdv.Tests.Calendars;
using Rdv.Tests.Infrastructure;
using Rdv.Workshops;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Simulation;

/// <summary>
/// Three weeks of three advisors who meet people at the place, by telephone, by video and at home, one of whom keeps a calendar elsewhere that
/// changes; two courses, of which a session moves, others are cancelled and a missed one is made up; and colleagues who take over a day.
/// </summary>
public sealed class AdvisorWeeksTests(TableStorage storage) : ProductTest(storage)
{
    private static readonly Duration LongestPause = Duration.FromMinutes(45);

    // More by hand: RDV_ADVISOR_WEEKS=10.
    public static TheoryData<int> Seeds { get; } =
        [.. Enumerable.Range(1, int.Parse(Environment.GetEnvironmentVariable("RDV_ADVISOR_WEEKS") ?? "1", CultureInfo.InvariantCulture))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Nobody_is_in_two_places_and_everyone_is_told_what_is_true(int seed)
    {
        await using var server = await CalendarServer.StartAsync();
        var (world, filling) = await StartAsync(advisors: 3);
        world.Calendars = server.Network;
        await filling.PutAsync(world.Territory, [.. Enumerable.Range(1, 3).Select(Advisor)]);
        var weeks = new AdvisorWeeks(world, world.Start(), server, seed);
        await weeks.RunAsync(bookings: 90);
        TestContext.Current.TestOutputHelper!.WriteLine(weeks.ToString());

        var attempts = weeks.Attempts.Where(attempt => attempt.Sms.Reference is not null).ToLookup(attempt => attempt.Sms.Reference!.Value);
        var calls = (await world.RowsAsync("call|")).Select(row => (row.GetString("Subject"), row.GetString("Kind"))).ToHashSet();
        weeks.Broken.Concat(weeks.Lives.SelectMany(life => Rules.Broken(life, [.. attempts[life.Reference].OrderBy(attempt => attempt.At)], calls, weeks.Now)))
            .ShouldBeEmpty();

        var appointments = await Consistency.ShouldHoldAsync(world, weeks.Product);
        appointments.Select(one => (one.Reference, one.Status == AppointmentStatus.Cancelled, one.Start))
            .ShouldBe(weeks.Lives.Select(life => (life.Reference, life.Last.IsCancelled, life.Last.Start)), ignoreOrder: true, "what the table has is what people did");
        var late = NodaTime.Text.InstantPattern.ExtendedIso.Format(weeks.Now - LongestPause);
        (await world.RowsAsync("due|")).Select(row => row.RowKey).Where(key => string.CompareOrdinal(key.Split('|')[2], late) < 0)
            .ShouldBeEmpty("nothing that was due is left behind");
        await LoadShouldBeAsync(world, weeks.Product, appointments);

        // The weeks are worth looking at only if all of it happened.
        weeks.Lives.Count.ShouldBeGreaterThan(70);
        weeks.Lives.Count(life => life.IsEnrolled).ShouldBeGreaterThan(20);
        weeks.Conflicts.ShouldBeGreaterThan(0);
        weeks.TakenOver.ShouldBeGreaterThan(0);
        weeks.MadeUp.ShouldNotBeNull();
    }

    private static Advisor Advisor(int number) => new(
        new AdvisorId($"a{number}"),
        Directories.Structure,
        $"Conseiller {number}",
        Directories.MailOf($"a{number}"),
        null,
        [],
        [new OpeningHours([1, 2, 3, 4, 5, 6], new LocalTime(8, 0), new LocalTime(20, 0), Directories.Place, Means: [Means.Place, Means.Phone, Means.Video, Means.Home])],
        Rules: new BookingRules { HomeKilometres = 20, VideoLink = $"https://visio.example.fr/a{number}" });

    /// <summary>What is counted of each day, against the rows of that day.</summary>
    private static async Task LoadShouldBeAsync(World world, Product product, IReadOnlyList<Appointment> appointments)
    {
        var workshops = new List<Workshop>();
        foreach (var row in await world.RowsAsync("workshop|"))
        {
            workshops.Add((await product.Get<IWorkshopStore>().ReadAsync(world.Territory, new WorkshopId(row.RowKey.Split('|')[1]), default))!.Value);
        }

        var load = (await product.Get<ReadLoad>().ExecuteAsync(world.Territory, Directories.Structure, AdvisorWeeks.First, AdvisorWeeks.Last, default)).Value;
        foreach (var advisor in load.Advisors)
        {
            foreach (var day in advisor.Days)
            {
                var own = appointments.Where(one => one.Seat is null && one.AdvisorId == advisor.AdvisorId && one.LocalStart.Date == day.Date).ToList();
                var held = workshops.Where(one => one.AdvisorId == advisor.AdvisorId && one.Date == day.Date).ToList();
                var outcomes = held.Where(one => !one.IsCancelled)
                    .Select(one => appointments.Where(seat => seat.Seat?.Id == one.Id).Select(seat => seat.Status).ToHashSet()).ToList();
                var counts = day.Counts;
                (counts.Booked, counts.Cancelled, counts.Kept, counts.Missed).ShouldBe(
                    (
                        own.Count(one => one.Status != AppointmentStatus.Cancelled) + held.Count(one => !one.IsCancelled),
                        own.Count(one => one.Status == AppointmentStatus.Cancelled) + held.Count(one => one.IsCancelled),
                        own.Count(one => one.Status == AppointmentStatus.Kept) + outcomes.Count(seats => seats.Contains(AppointmentStatus.Kept)),
                        own.Count(one => one.Status == AppointmentStatus.Missed)
                            + outcomes.Count(seats => seats.Contains(AppointmentStatus.Missed) && !seats.Contains(AppointmentStatus.Kept))),
                    $"{advisor.AdvisorId} on {day.Date}");
            }
        }
    }
}
