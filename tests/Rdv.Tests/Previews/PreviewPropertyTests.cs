using System.Globalization;
using NodaTime;
using Rdv.Appointments;
using Rdv.Azure.Booking;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Previews;
using Rdv.Tests.Infrastructure;
using Rdv.Workshops;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Previews;

/// <summary>What is said before a change is what then becomes of everyone, whatever the agenda and whatever the change.</summary>
public sealed class PreviewPropertyTests(TableStorage storage) : ProductTest(storage)
{
    private const int Advisors = 5;
    private const int WorldsAtOnce = 4;
    private const int ChangesOfAWorld = 25;

    // More by hand: RDV_CHANGES=1000.
    private static readonly int Changes = int.Parse(Environment.GetEnvironmentVariable("RDV_CHANGES") ?? "200", CultureInfo.InvariantCulture);

    [Fact]
    public async Task The_preview_of_a_random_change_is_what_then_happens()
    {
        var met = new Dictionary<Becomes, int>();
        foreach (var seeds in Enumerable.Range(1_000, Changes / ChangesOfAWorld).Chunk(WorldsAtOnce))
        {
            var running = new List<Task>();
            foreach (var seed in seeds)
            {
                var (world, product) = await StartAsync();
                running.Add(RunAsync(world, product, new Random(seed), met));
            }

            await Task.WhenAll(running);
        }

        foreach (var becomes in Enum.GetValues<Becomes>())
        {
            met.GetValueOrDefault(becomes).ShouldBeGreaterThan(0, becomes.ToString());
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", met.Select(one => $"{one.Key} {one.Value}")));
    }

    private static async Task RunAsync(World world, Product product, Random random, Dictionary<Becomes, int> met)
    {
        await FillAsync(world, product, random);
        var workshops = new List<Workshop>();
        for (var step = 0; step < ChangesOfAWorld; step++)
        {
            await BookAsync(world, product, random, workshops);
            var change = RandomChange.Draw(random, world, Advisors, workshops);
            var before = await ReadAsync(world);
            var preview = await change.Preview(product.Get<PreviewChanges>());
            (await ReadAsync(world)).ShouldBe(before, change.Name);
            var refusal = await change.Make(product);
            var after = await ReadAsync(world);

            var said = preview.Succeeded(out var value) ? value.Appointments.ToDictionary(one => one.Appointment.Reference) : [];
            if (refusal is Refusal.AppointmentsInside inside)
            {
                said.Values.ShouldAllBe(one => one.Becomes == Becomes.Refused);
                said.Keys.ShouldBe(inside.Appointments, ignoreOrder: true, change.Name);
            }
            else
            {
                preview.Refusal?.GetType().ShouldBe(refusal?.GetType(), change.Name);
            }

            foreach (var (was, now) in before.Zip(after))
            {
                var what = $"{change.Name}: {was.Reference}";
                switch (said.GetValueOrDefault(was.Reference))
                {
                    case null or { Becomes: Becomes.Kept or Becomes.Refused }:
                        now.ShouldBe(was, what);
                        break;
                    case { Becomes: Becomes.Cancelled }:
                        now.Status.ShouldBe(AppointmentStatus.Cancelled, what);
                        break;
                    case { To: var to }:
                        (now.Status, now.AdvisorId, now.Start, now.PlaceId).ShouldBe((AppointmentStatus.Booked, to!.Value, was.Start, was.PlaceId), what);
                        break;
                }
            }

            lock (met)
            {
                foreach (var one in said.Values)
                {
                    met[one.Becomes] = met.GetValueOrDefault(one.Becomes) + 1;
                }
            }
        }

        await Consistency.ShouldHoldAsync(world, product);
    }

    /// <summary>Two structures that share a place, and advisors who are there at different hours.</summary>
    private static Task FillAsync(World world, Product product, Random random)
    {
        var second = new StructureId("s2");
        return product.PutAsync(
            world.Territory,
            [
                new Structure(second, "Tiers-lieu du Pont"),
                new Place(new PlaceId("p2"), second, "Tiers-lieu du Pont", "2 rue du Pont", "69003", "Lyon", "69383"),
                .. Enumerable.Range(1, Advisors).Select(number => new Advisor(
                    new AdvisorId($"a{number}"),
                    number < Advisors ? Directories.Structure : second,
                    $"Conseiller {number}",
                    Directories.MailOf($"a{number}"),
                    null,
                    [],
                    [
                        new OpeningHours([1, 2, 3, 4, 5, 6, 7], new LocalTime(8, 0), new LocalTime(random.Next(11, 14), 0), Directories.Place),
                        new OpeningHours([1, 2, 3, 4, 5], new LocalTime(14, 0), new LocalTime(random.Next(17, 20), 0), random.Next(2) == 0 ? Directories.Place : new PlaceId("p2")),
                    ],
                    Rules: random.Next(3) == 0 ? new BookingRules(15 * random.Next(2), 4) : null)),
            ]);
    }

    private static async Task BookAsync(World world, Product product, Random random, List<Workshop> workshops)
    {
        for (var i = 0; i < 6; i++)
        {
            var date = random.Next(12) == 0 ? RandomChange.Christmas : new LocalDate(2026, 11, 17).PlusDays(random.Next(18));
            var time = $"{date:uuuu-MM-dd}T{random.Next(8, 18):00}:{random.Next(2) * 30:00}";
            var wanted = new AnAppointment().At(time).AtPlace(random.Next(3) == 0 ? "p2" : "p1");
            var named = random.Next(3) > 0 ? $"a{random.Next(Advisors) + 1}" : null;
            switch (random.Next(12))
            {
                case 0 when (await product.TryPlanWorkshopAsync(time, advisor: $"a{random.Next(Advisors) + 1}", minutes: 60)).Succeeded(out var planned):
                    workshops.Add(planned.Workshop);
                    break;
                case 1:
                    await product.TryHoldAsync(time, named);
                    break;
                case 2 or 3 when workshops.Count > 0:
                    await product.TryBookAsync(new AnAppointment().In(workshops[^1]));
                    break;
                default:
                    await product.TryBookAsync(named is null ? wanted : wanted.With(named));
                    break;
            }
        }
    }

    /// <summary>All that there are, by reference.</summary>
    private static async Task<IReadOnlyList<Appointment>> ReadAsync(World world) => [.. (await world.RowsAsync("rdv|")).Select(AppointmentRow.Read)];
}
