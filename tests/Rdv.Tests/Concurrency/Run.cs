using System.Diagnostics;
using NodaTime;
using Rdv.Agenda;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Dispatch;
using Rdv.Ids;
using Rdv.Tests.Infrastructure;
using Rdv.Tests.Waiting;
using Rdv.Workshops;
using Shouldly;

namespace Rdv.Tests.Concurrency;

/// <param name="Clients">Each asks <paramref name="Operations"/> things, half of them before all holds end and half after; then some people wait for what others give back.</param>
internal sealed record RunOptions(int Seed, int Clients = 6, int Operations = 40, int Advisors = 2, Func<string, string>? Rewrite = null);

/// <summary>What a run came to.</summary>
internal sealed record RunReport(int Seed, IReadOnlyList<Call> Calls, int Faults, int Kills, int Done503, Stored Stored, Checked Checked, TimeSpan Running, TimeSpan Checking, IReadOnlyList<string> Violations)
{
    public int Count<T>()
        where T : Answered => Calls.Count(call => call.Answered is T);

    public override string ToString() =>
        $"seed {Seed}: {Calls.Count} calls, {Calls.Count(call => call.Answered is Answered.Appointment { Created: true })} bookings, "
        + $"{Calls.Count(call => call.Answered is Answered.Enrolled { Created: true })} enrolments, {Calls.Count(call => call.Answered is Answered.Linked { Created: true })} calendars, "
        + $"{Calls.Count(call => call.Answered is Answered.Refused)} refusals, {Count<Answered.Busy>()} busy ({Done503} of them done), "
        + $"{Count<Answered.Nothing>()} without an answer, {Faults} faults, {Kills} kills, {Violations.Count} violations, "
        + $"{Running.TotalSeconds:0.0} s, and {Checking.TotalSeconds:0.00} s to check in {Checked.Tries} tries{(Checked.Undecided is null ? "" : ", UNDECIDED")}";
}

/// <summary>
/// Many clients at once on few advisors, over HTTP, on two instances whose storage fails and which are killed; then everything that must
/// hold (design, "What must always hold") is checked against what the clients were told and what the tables hold.
/// </summary>
internal static class Run
{
    private static readonly Duration PastHolds = Duration.FromMinutes(16);

    // The last part.
    private const string Waiting = "c";

    // Altogether less than a hold lasts.
    private const int Pushes = 10;

    /// <summary>Long changes are taken up again when they are a minute old.</summary>
    public static readonly Duration Push = Duration.FromSeconds(61);

    public static async Task<RunReport> ExecuteAsync(TableStorage storage, RunOptions options)
    {
        var watch = Stopwatch.StartNew();
        var world = await World.CreateAsync(storage, options.Advisors);
        // Two requests are never made at the same instant.
        world.Clock.AutoAdvance = Duration.FromTicks(1);
        // The clock is pushed between the decision to repeat and the repetition, which takes no time: for the provider that is none either.
        world.Sms.Window += Pushes * Push;
        var random = new Random(options.Seed);
        var history = new History(world.Clock);
        var commits = new Commits(history);
        await using var product = world.Start();
        await MeetAsync(world, product, options.Advisors);
        var planned = await PlanAsync(world, product, options.Advisors);
        var course = await product.PlanCourseAsync(Client.Sessions, Model.Seats);
        var workshops = new Known<KnownWorkshop>();
        foreach (var workshop in planned)
        {
            workshops.Add(new KnownWorkshop(workshop.Id.Value, workshop.AdvisorId.Value, workshop.LocalStart));
        }

        var (faults, kills) = (0, 0);
        Shared? shared = null;
        foreach (var part in new[] { "a", "b", Waiting })
        {
            var cluster = await Cluster.StartAsync(world, random, commits, options.Rewrite);
            // Those who wait, wait for what the others have.
            var current = shared = part == Waiting ? shared! with { Cluster = cluster } : new Shared(world, history, cluster, course, options.Advisors) { Workshops = workshops };
            current.PushesLeft = Pushes;
            await Task.WhenAll(Enumerable.Range(1, options.Clients).Select(number =>
            {
                var client = new Client($"{part}{number}", number, new Random(random.Next()), current);
                return Task.Run(() => part == Waiting ? client.RunWaitingAsync(options.Operations / 5) : client.RunAsync(options.Operations / 2));
            }));
            faults += await cluster.StopAsync();
            kills += cluster.Kills;
            // What a client gave up may still be on its way to the emulator.
            await Task.Delay(100);
            await history.RecordAsync("clock", new Asked.Expire(), () =>
            {
                world.Clock.Advance(PastHolds);
                return Task.FromResult<Answered>(new Answered.Done());
            });
        }

        await FinishAsync(world, product);
        List<string> violations = [];
        await NoteAsync(violations, () => WaitingList.ShouldBeServedAsync(world, product, history.Calls));
        var running = watch.Elapsed;
        var stored = await Stored.ReadAsync(world, product) with { Commits = commits.All };
        var reading = watch.Elapsed;
        var result = Checker.Check(
            StartOf(options.Advisors, planned, course),
            history.Calls,
            stored,
            (long)(RecentAgendas.MaxAge.TotalSeconds * Stopwatch.Frequency),
            explain: options.Rewrite is null);
        violations.AddRange(result.Violations);
        var checking = watch.Elapsed - reading;
        await NoteAsync(violations, () => Consistency.ShouldHoldAsync(world, product));
        if (violations.Count == 0)
        {
            await NoteAsync(violations, () => Messages.ShouldReachEveryoneOnceAsync(world, product, history.Calls));
        }

        return new RunReport(options.Seed, history.Calls, faults, kills, Done503(history.Calls, stored), stored, result, running, checking, violations);
    }

    private static Model StartOf(int advisors, IEnumerable<Workshop> workshops, CoursePlanned course) => workshops.Concat(course.Sessions).Aggregate(
        Model.Of(advisors, new LocalTime(8, 0), new LocalTime(20, 0)) with
        {
            Course = [.. course.Sessions.Select(session => new Session(session.Id.Value, session.AdvisorId.Value, session.LocalStart))],
        },
        (model, workshop) => model.Put(workshop.Id.Value, new WorkshopNow(workshop.AdvisorId.Value, workshop.LocalStart, workshop.Version, workshop.IsCancelled)));

    /// <summary>The advisors meet people in every way.</summary>
    private static Task MeetAsync(World world, Product product, int advisors) => product.PutAsync(
        world.Territory,
        [
            .. Enumerable.Range(1, advisors).Select(number => new Advisor(
                new AdvisorId($"a{number}"),
                Directories.Structure,
                $"Conseiller {number}",
                Directories.MailOf($"a{number}"),
                null,
                [],
                [new OpeningHours([1, 2, 3, 4, 5, 6, 7], new LocalTime(8, 0), new LocalTime(20, 0), Directories.Place, Means: [Means.Place, Means.Phone, Means.Video, Means.Home])],
                Rules: new BookingRules { HomeKilometres = 20, VideoLink = "https://visio.example.fr/aline" })),
        ]);

    /// <summary>A workshop with each advisor.</summary>
    private static async Task<IReadOnlyList<Workshop>> PlanAsync(World world, Product product, int advisors)
    {
        var workshops = new List<Workshop>();
        foreach (var advisor in Enumerable.Range(1, advisors).Select(number => new AdvisorId($"a{number}")))
        {
            var planned = await product.Get<PlanWorkshop>().ExecuteAsync(
                new WorkshopRequest(
                    world.Territory, advisor, "Premiers pas", "premiers-pas", Client.WorkshopDate.At(new LocalTime(14, 0)).InZoneStrictly(world.Territory.Zone).ToInstant(),
                    Model.WorkshopMinutes, Directories.Place.Value, Model.Seats, RequestIdentity.Of("workshop", advisor.Value, "")),
                CancellationToken.None);
            workshops.Add(planned.Value.Workshop);
        }

        return workshops;
    }

    /// <summary>Chores, with storage mended, until nothing is half done.</summary>
    private static async Task FinishAsync(World world, Product product)
    {
        for (var times = 0; times < 5 && (await LeftAsync(world)).Any(); times++)
        {
            world.Clock.AdvanceMinutes(2);
            await product.Get<RunChores>().ExecuteAsync(CancellationToken.None);
        }

        (await LeftAsync(world)).ShouldBeEmpty("every chore ends");
    }

    /// <summary>Months pass before somebody is forgotten.</summary>
    private static async Task<IEnumerable<string>> LeftAsync(World world) => (await world.ChoresAsync()).Where(kind => kind != ChoreKinds.Forget);

    private static async Task NoteAsync(List<string> violations, Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (ShouldAssertException exception)
        {
            violations.Add(exception.Message);
        }
    }

    /// <summary>Bookings that were answered <c>busy</c> and had been made: nobody else asked for them.</summary>
    private static int Done503(IReadOnlyList<Call> calls, Stored stored) => stored.Appointments.Count(appointment =>
        calls.Where(call => call.Asked is Asked.Book book && book.Name == appointment.Name).ToList() is var asked
        && asked.Exists(call => call.Answered is Answered.Busy)
        && asked.TrueForAll(call => call.Answered is not (Answered.Nothing or Answered.Appointment { Created: true })));
}
