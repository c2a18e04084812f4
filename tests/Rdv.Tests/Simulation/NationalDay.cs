using System.Collections.Concurrent;
using System.Diagnostics;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Directory.Import;
using Rdv.Dispatch;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.Territories;
using Rdv.Tests.Infrastructure;
using Rdv.Transactions;
using Rdv.Workshops;
using Shouldly;

namespace Rdv.Tests.Simulation;

/// <summary>
/// One day of the whole programme, or of a part of it: people book, cancel and take seats in workshops, on two instances, while a third runs every
/// timer at its schedule, and now and then a fourth at the same moment; each minute as quickly as the machine can. At its end, what was promised.
/// </summary>
/// <param name="scale">1 is 4,000 advisors in 101 territories and 32,000 bookings, each with an SMS and a mail on that day.</param>
/// <param name="hours">From 7:00 in Paris.</param>
internal sealed class NationalDay(TableStorage storage, double scale, int hours, int seed = 5)
{
    /// <summary>A day of 24 hours takes 24 minutes at most.</summary>
    public const int LeastTimesFaster = 60;

    private const int AllAdvisors = 4_000;
    private const int AllBookings = 32_000;
    private const int Seats = 8;
    private const int WorkshopsEach = 2;
    private const int BookingsAtOnce = 8;

    // So often an instance that is slow to die runs the same timers at the same moment.
    private const int TwiceEvery = 5;

    // The run after the next: who has just missed one waits for the other.
    private static readonly Duration InTime = Duration.FromMinutes(2);
    private static readonly LocalDate Date = new(2026, 11, 24);
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];
    private static readonly Instant Morning = Date.At(new LocalTime(7, 0)).InZoneStrictly(Paris).ToInstant();

    private readonly Random _random = new(seed);
    private readonly ConcurrentBag<Appointment> _booked = [];
    private readonly IReadOnlyList<Territory> _territories = Country.Some(Math.Max(2, (int)Math.Round(Country.Territories.Count * scale)));
    private int _refused;
    private int _full;
    private int _cancelled;

    private int Bookings => (int)(AllBookings * scale);

    private int AdvisorsEach => Math.Max(1, (int)Math.Round(AllAdvisors * scale / _territories.Count));

    /// <exception cref="OperationCanceledException">The machine was too slow: it took longer than a sixtieth of the day.</exception>
    /// <exception cref="ShouldAssertException">A promise was broken.</exception>
    public async Task<string> RunAsync()
    {
        await using var world = await World.CreateAsync(storage, now: Morning - Duration.FromMinutes(1));
        Product[] people = [world.Start(), world.Start()];
        var timers = world.Start();
        var slowToDie = world.Start();
        var workshops = await FillAsync(timers);
        var script = Plan(workshops);

        using var limit = new CancellationTokenSource(TimeSpan.FromHours(hours) / LeastTimesFaster);
        var watch = Stopwatch.StartNew();
        for (var minute = 0; minute < hours * 60; minute++)
        {
            limit.Token.ThrowIfCancellationRequested();
            var now = Morning + Duration.FromMinutes(minute);
            world.Clock.Reset(now);
            await Task.WhenAll(
                ServeAsync(people, script, now, limit.Token),
                RunTimersAsync(timers, now),
                minute % TwiceEvery == 0 ? RunTimersAsync(slowToDie, now) : Task.CompletedTask);
        }

        var took = watch.Elapsed;
        var requests = people.Append(timers).Append(slowToDie).Sum(product => product.Storage.Count);
        var latest = await CheckAsync(world, [.. people, slowToDie, timers]);
        return FormattableString.Invariant($"""
            {AdvisorsEach * _territories.Count} advisors in {_territories.Count} territories; {_booked.Count} booked, {_refused} told that the hour had gone, {_full} that the workshop was full, {_cancelled} cancelled
            {world.Sms.Delivered.Count} SMS and {world.Mail.Received.Count} mails, each once; the latest {latest.TotalSeconds:F0} s after it was due, in minutes of the clock
            {hours} hours in {took.TotalMinutes:F1} minutes, {TimeSpan.FromHours(hours) / took:F0} times faster than life ({LeastTimesFaster} at least); {requests} requests to storage, {requests / took.TotalSeconds:F0} a second
            """);
    }

    private async Task<IReadOnlyList<Workshop>> FillAsync(Product product)
    {
        var workshops = new List<Workshop>();
        foreach (var territory in _territories)
        {
            await Directories.FillAsync(product.Get<WriteDirectory>(), territory, AdvisorsEach);
            for (var number = 1; number <= Math.Min(WorkshopsEach, AdvisorsEach); number++)
            {
                var planned = await product.Get<PlanWorkshop>().ExecuteAsync(
                    new WorkshopRequest(
                        territory, new AdvisorId($"a{number}"), "Découvrir Internet", "internet", Start(territory, days: 2, hour: 14), 120, Directories.Place.Value, Seats,
                        RequestIdentity.Of("workshop", null, $"{territory} {number}")),
                    CancellationToken.None);
                workshops.Add(planned.Value.Workshop);
            }
        }

        return workshops;
    }

    /// <summary>Who asks for what, and when: a fifth of it within an hour, and half of it for the same few hours of tomorrow.</summary>
    private PriorityQueue<Func<Product, Task>, Instant> Plan(IReadOnlyList<Workshop> workshops)
    {
        var script = new PriorityQueue<Func<Product, Task>, Instant>();
        var seats = 0;
        for (var number = 0; number < Bookings; number++)
        {
            // The last hour sends what was booked before.
            var minute = number % 5 == 0 && hours > 3 ? 120 + _random.Next(60) : _random.Next((hours - 1) * 60);
            var territory = _territories[number % _territories.Count];
            var at = Morning + Duration.FromMinutes(minute);
            // Of each workshop one and a half times its seats are asked for.
            if (seats < workshops.Count * Seats * 3 / 2)
            {
                var workshop = workshops[seats++ % workshops.Count];
                script.Enqueue(product => SeatAsync(product, workshop), at);
                number -= seats % 3 == 0 ? 1 : 0;
                continue;
            }

            var popular = _random.Next(2) == 0;
            var tomorrow = Period.DaysBetween(Date, at.InZone(Paris).Date) + 1;
            script.Enqueue(product => BookAsync(product, territory, popular, tomorrow, script), at);
        }

        return script;
    }

    private static async Task ServeAsync(Product[] people, PriorityQueue<Func<Product, Task>, Instant> script, Instant now, CancellationToken cancellationToken)
    {
        var asked = new List<Func<Product, Task>>();
        while (script.TryPeek(out var next, out var at) && at <= now)
        {
            asked.Add(script.Dequeue());
        }

        await Parallel.ForEachAsync(
            asked.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = BookingsAtOnce, CancellationToken = cancellationToken },
            async (numbered, _) => await numbered.Item(people[numbered.Index % people.Length]));
    }

    private static async Task RunTimersAsync(Product product, Instant now)
    {
        foreach (var timer in Timers.Where(timer => timer.Within(now, Duration.FromMinutes(1)).Count > 0))
        {
            await timer.RunAsync(product);
        }
    }

    private static readonly IReadOnlyList<ATimer> Timers = ATimer.All();

    private async Task SeatAsync(Product product, Workshop workshop)
    {
        var asked = await product.Get<BookAppointment>().ExecuteAsync(new AnAppointment().At(workshop.Start).In(workshop).In(workshop.Territory), CancellationToken.None);
        if (asked.Refusal is null)
        {
            _booked.Add(asked.Value.Appointment);
        }
        else
        {
            Interlocked.Increment(ref _full);
        }
    }

    /// <summary>Who is refused asks for another hour.</summary>
    private async Task BookAsync(Product product, Territory territory, bool popular, int tomorrow, PriorityQueue<Func<Product, Task>, Instant> script)
    {
        while (true)
        {
            AnAppointment wanted;
            lock (script)
            {
                wanted = new AnAppointment().At(Start(territory, popular ? tomorrow : _random.Next(tomorrow, 21), popular ? _random.Next(9, 12) : _random.Next(8, 20)));
                wanted = _random.Next(2) == 0 ? wanted.With($"a{_random.Next(1, AdvisorsEach + 1)}") : wanted;
            }

            var asked = await product.Get<BookAppointment>().ExecuteAsync(wanted.In(territory), CancellationToken.None);
            if (asked.Refusal is Refusal.SlotTaken)
            {
                Interlocked.Increment(ref _refused);
                popular = false;
                continue;
            }

            var booked = asked.Value.Appointment;
            _booked.Add(booked);
            if (booked.Reference.Code[0] is >= '0' and <= '2')
            {
                await product.CancelAsync(booked);
                Interlocked.Increment(ref _cancelled);
            }

            return;
        }
    }

    /// <returns>How late the latest message left.</returns>
    private async Task<Duration> CheckAsync(World world, IReadOnlyList<Product> products)
    {
        var end = world.Clock.GetCurrentInstant();
        var product = products[^1];
        var latest = Duration.Zero;
        var cancelled = 0;
        var counted = 0;
        foreach (var territory in _territories)
        {
            // Nothing overlaps, no seat too many, the agenda and the appointments say the same, each message is due or done.
            var found = await Consistency.ShouldHoldAsync(
                world.Table, territory, product.Get<IAgendaStore>(), history => latest = Duration.Max(latest, Latest(territory, history)));
            cancelled += found.Count(appointment => appointment.Status == AppointmentStatus.Cancelled);
            counted += (await product.Get<IAgendaStore>().ReadDaysAsync(territory, Date, Date.PlusDays(27), CancellationToken.None)).Sum(month => month.Days.Values.Sum(day => day.Cancelled));
            await foreach (var row in world.Table.QueryAsync<TableEntity>(row => row.PartitionKey == territory.Code && row.RowKey.CompareTo("due|") >= 0 && row.RowKey.CompareTo("due|~") < 0, select: ["RowKey"]))
            {
                NodaTime.Text.InstantPattern.ExtendedIso.Parse(row.RowKey.Split('|')[2]).Value.ShouldBeGreaterThan(end - InTime, $"{territory}: {row.RowKey} is left behind");
            }
        }

        _booked.Count.ShouldBeGreaterThanOrEqualTo(Bookings - _full, "everyone has an hour");
        counted.ShouldBe(cancelled, "the counters and the appointments say the same");
        cancelled.ShouldBe(_cancelled);
        latest.ShouldBeLessThanOrEqualTo(InTime, "no message leaves late");
        world.Sms.Asked.ShouldBe(world.Sms.Delivered, "nothing was asked for twice");
        world.Sms.Delivered.Select(sms => sms.Tag.ToString()).ShouldBeUnique("each SMS leaves once");
        world.Mail.Received.Select(mail => mail.MessageId).ShouldBeUnique("each mail leaves once");
        (await product.Get<PauseDispatch>().ReadAsync(CancellationToken.None)).SmsToday.ShouldBe(
            world.Sms.Delivered.Count(sms => sms.FirstSent.InZone(Paris).Date == end.InZone(Paris).Date), "what was leased is what left");
        foreach (var one in products)
        {
            one.Logs.Of(LogLevel.Error).ShouldBeEmpty();
        }

        return latest;
    }

    private static Duration Latest(Territory territory, AppointmentHistory history) => history.Changes
        .SelectMany(change => change.Messages)
        .Join(
            history.Messages.Where(message => message.State == MessageState.Sent),
            planned => (planned.Kind, planned.Recipient, planned.Version),
            sent => (sent.Kind, sent.Recipient, sent.Version),
            (planned, sent) => sent.At - SendingHours.From(planned.Kind, territory, planned.DueAt))
        .DefaultIfEmpty(Duration.Zero)
        .Max();

    private static Instant Start(Territory territory, int days, int hour) => Date.PlusDays(days).At(new LocalTime(hour, 0)).InZoneLeniently(territory.Zone).ToInstant();
}
