using Azure.Data.Tables;
using NodaTime;
using NodaTime.Text;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Ids;
using Rdv.Load;
using Rdv.Messages;
using Rdv.People;
using Rdv.Tests.Calendars;
using Rdv.Tests.Infrastructure;
using Rdv.Tests.Waiting;
using Rdv.Waiting;
using Rdv.Workshops;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Simulation;

/// <summary>
/// What happens in three weeks, drawn from a seed: the clock goes from one thing that happens to the next, and to each message that falls due,
/// with a provider that fails one call in five.
/// </summary>
internal sealed class AdvisorWeeks
{
    public static readonly LocalDate First = new(2026, 11, 16);
    public static readonly LocalDate Last = First.PlusDays(20);

    private static readonly Duration Retry = Duration.FromMinutes(10);
    private static readonly string[] Home = ["12 impasse des Pervenches", "69383"];

    private readonly World _world;
    private readonly Random _random;
    private readonly PublishedEvents _events;
    private readonly PriorityQueue<Func<Task>, (Instant At, int Order)> _script = new();
    private readonly List<Life> _lives = [];
    private readonly Dictionary<AppointmentReference, bool> _marked = [];
    private readonly List<Attempt> _attempts = [];
    private readonly List<string> _broken = [];
    private int _order;
    private int _phones;
    private int _jumps;

    public AdvisorWeeks(World world, Product product, CalendarServer server, int seed)
    {
        (_world, Product, _random) = (world, product, new Random(seed));
        _events = new PublishedEvents(world, product, server, new Random(seed + 1), _broken);
        world.Sms.Refuse = Refuse;
    }

    public Product Product { get; }

    public IReadOnlyList<Life> Lives => _lives;

    public IReadOnlyList<Attempt> Attempts => _attempts;

    /// <summary>What was seen to be wrong on the way.</summary>
    public IReadOnlyList<string> Broken => _broken;

    public Instant Now => _world.Clock.GetCurrentInstant();

    /// <summary>Appointments at an hour at which the calendar came to say that the advisor is busy.</summary>
    public int Conflicts => _events.Conflicts;

    /// <summary>Appointments that a colleague took over.</summary>
    public int TakenOver { get; private set; }

    public int TakenEarlier { get; private set; }

    /// <summary>The session that takes the place of one that was missed.</summary>
    public Life? MadeUp { get; private set; }

    public async Task RunAsync(int bookings)
    {
        await _events.AddAsync();
        await PlanAsync();
        for (var i = 0; i < bookings; i++)
        {
            var at = First.PlusDays(_random.Next(17)).At(new LocalTime(_random.Next(7, 21), _random.Next(60)));
            Do(at, () => BookAsync(at.Date));
        }

        for (var date = First; date <= Last; date = date.PlusDays(1))
        {
            Do(date.At(new LocalTime(3, 10)), () => Product.Get<FreezeDays>().ExecuteAsync(TestContext.Current.CancellationToken));
            for (var changes = 0; changes < 3; changes++)
            {
                DoNow(_events.NextTurn(Wall(date.At(new LocalTime(_random.Next(7, 20), _random.Next(60))))), _events.ChangeAsync);
            }
        }

        Do(new LocalDate(2026, 11, 19).At(new LocalTime(16, 0)), () => AwayAsync("a3", new LocalDate(2026, 11, 20), "a1"));
        Do(new LocalDate(2026, 11, 24).At(new LocalTime(8, 30)), () => AwayAsync("a2", new LocalDate(2026, 11, 26), "a1"));
        Do(new LocalDate(2026, 11, 27).At(new LocalTime(17, 0)), () => AwayAsync("a1", new LocalDate(2026, 12, 1), "a3"));
        Do(new LocalDate(2026, 12, 1).At(new LocalTime(9, 0)), () => AwayAsync("a3", new LocalDate(2026, 12, 2), null));
        Do(new LocalDate(2026, 12, 2).At(new LocalTime(10, 0)), () => AwayAsync("a2", new LocalDate(2026, 12, 3), null));
        await LiveAsync(Wall(Last.At(new LocalTime(22, 0))));
    }

    public override string ToString() =>
        $"{_lives.Count} appointments, {_lives.Sum(life => life.Moves)} moves, {_lives.Count(life => life.Last.IsCancelled)} cancelled; {Conflicts} conflicts, "
        + $"{TakenOver} taken over, {TakenEarlier} taken earlier; {_attempts.Count} calls of the provider, {_attempts.Count(attempt => attempt.Left)} SMS; {_jumps} jumps.";

    private async Task PlanAsync()
    {
        var tablet = await Product.PlanCourseAsync(["2026-11-19T14:00", "2026-11-24T14:00", "2026-11-26T14:00", "2026-12-01T14:00", "2026-12-03T14:00"], seats: 5);
        var mails = await Product.PlanCourseAsync(["2026-11-25T10:00", "2026-11-27T10:00", "2026-12-02T10:00", "2026-12-04T10:00"], seats: 9, advisor: "a2");
        for (var i = 0; i < 7; i++)
        {
            Do(First.At(new LocalTime(10 + i, 20)), () => EnrolAsync(tablet.Id));
            Do(First.PlusDays(1).At(new LocalTime(10 + i, 40)), () => EnrolAsync(mails.Id));
        }

        Do(new LocalDate(2026, 11, 20).At(new LocalTime(10, 0)), () => MoveAsync(tablet.Sessions[1]));
        Do(new LocalDate(2026, 11, 20).At(new LocalTime(9, 0)), () => MakeUpAsync(tablet.Sessions[0], mails.Sessions[0]));
        Do(new LocalDate(2026, 11, 30).At(new LocalTime(11, 0)), () => CancelAsync(mails.Sessions[3]));
        Do(new LocalDate(2026, 11, 18).At(new LocalTime(12, 0)), () => GiveUpAsync(tablet.Sessions[2], whole: false));
        Do(new LocalDate(2026, 11, 23).At(new LocalTime(12, 0)), () => GiveUpAsync(mails.Sessions[1], whole: true));
    }

    private Instant Wall(LocalDateTime time) => time.InZoneLeniently(_world.Territory.Zone).ToInstant();

    private void Do(LocalDateTime at, Func<Task> what) => DoNow(Wall(at), what);

    private void DoNow(Instant at, Func<Task> what) => _script.Enqueue(what, (at, _order++));

    private async Task LiveAsync(Instant end)
    {
        while (await NextAsync() is { } next && next <= end)
        {
            _world.Clock.Reset(Instant.Max(next, Now));
            _jumps++;
            while (_script.TryPeek(out _, out var at) && at.At <= Now)
            {
                await _script.Dequeue()();
                await _events.ShouldBeKeptAsync();
            }

            await Product.DispatchAsync();
            await Product.DoChoresAsync();
        }

        _world.Clock.Reset(end);
    }

    private async Task<Instant?> NextAsync()
    {
        Instant? next = _script.TryPeek(out _, out var at) ? at.At : null;
        foreach (var channel in new[] { "sms", "mail", "chore" })
        {
            var row = await _world.Table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {_world.Territory.Code} and RowKey ge {$"due|{channel}|"} and RowKey lt {$"due|{channel}|~"}"),
                maxPerPage: 1,
                select: ["RowKey"]).FirstOrDefaultAsync();
            if (row is not null)
            {
                var due = InstantPattern.ExtendedIso.Parse(row.RowKey.Split('|')[2]).Value;
                due = due <= Now ? Now + Retry : due;
                next = next is null ? due : Instant.Min(next.Value, due);
            }
        }

        return next;
    }

    private SendResult? Refuse(OutgoingSms sms)
    {
        SendResult? result = _random.Next(5) == 0 ? new SendResult.Unavailable("503") : null;
        _attempts.Add(new Attempt(Now, sms, result ?? new SendResult.Sent(null)));
        return result;
    }

    private (AnAppointment Wanted, string Phone, bool TwoHours) Someone()
    {
        var number = _phones++;
        var phone = number % 9 == 8 ? $"01 99 00 {number / 100:00} {number % 100:00}" : $"06 39 98 {number / 100:00} {number % 100:00}";
        var twoHours = number % 6 == 0;
        var wanted = new AnAppointment().Calling(phone).BookedBy(_random.Next(2) == 0 ? Actor.Hotline : Actor.Citizen);
        wanted = twoHours ? wanted.RemindedTwoHoursBefore() : wanted;
        return (number % 8 == 1 ? wanted.HelpedBy($"06 39 98 98 {number % 100:00}") : wanted, phone, twoHours);
    }

    private Life Note(Appointment booked, bool twoHours, Instant asked, string? word = null)
    {
        var life = new Life(booked.Reference, booked.Citizen.Phone.E164, Product.Get<Links>().IndexOf(booked.Citizen.Phone).Hash, twoHours)
        {
            IsEnrolled = booked.Enrolment is not null,
            Session = booked.Seat?.Id.Value,
            Word = word,
        };
        _lives.Add(life);
        Add(life, new Truth(asked, booked.Start, IsCancelled: false, IsToldElsewhere: !booked.TellsOfBooking));
        return life;
    }

    private void Add(Life life, Truth truth)
    {
        life.Add(truth);
        if (!truth.IsCancelled)
        {
            DoNow(truth.Start + Duration.FromMinutes(90), () => MarkAsync(life));
        }
    }

    private async Task BookAsync(LocalDate today)
    {
        // One in eight is for the same day.
        var date = today.PlusDays(_random.Next(8) == 0 ? 0 : _random.Next(1, 12));
        var (wanted, _, twoHours) = Someone();
        wanted = wanted.At($"{date:uuuu-MM-dd}T{_random.Next(8, 19):00}:00");
        var (asked, by, word) = _random.Next(6) switch
        {
            0 => (wanted.ByPhone(), Means.Phone, "vous appelle"),
            1 => (wanted.ByVideo(), Means.Video, "en vidéo"),
            2 => (wanted.AtHome(Home[0], Home[1]), Means.Home, "chez vous"),
            _ => (wanted, Means.Place, (string?)null),
        };
        asked = _random.Next(3) == 0 ? asked.With("a1") : asked;
        var now = Now;
        var result = await Product.TryBookAsync(asked);
        if (!result.Succeeded(out var booked))
        {
            result.Refusal.ShouldBeAssignableTo<Refusal>().ShouldSatisfyAllConditions(refusal => (refusal is Refusal.SlotTaken or Refusal.Invalid).ShouldBeTrue(refusal!.ToString()));
            return;
        }

        booked.Appointment.Means.ShouldBe(by);
        var life = Note(booked.Appointment, twoHours, now, word);
        var wait = life.Last.Start - Now;
        switch (_random.Next(10))
        {
            case 0 or 1:
                DoNow(Now + (wait * _random.NextDouble()), () => MoveAsync(life));
                break;
            case 2:
                DoNow(Now + (wait * _random.NextDouble()), () => CancelAsync(life));
                break;
            case 3:
                // Second thoughts, within minutes.
                DoNow(Now + Duration.FromSeconds(30), () => MoveAsync(life));
                DoNow(Now + Duration.FromSeconds(70), () => MoveAsync(life));
                DoNow(Now + (wait * _random.NextDouble()), () => CancelAsync(life));
                break;
            case 4 or 5:
                DoNow(Now + Duration.FromHours(1), () => AskForEarlierAsync(life));
                break;
        }
    }

    private async Task MoveAsync(Life life)
    {
        if (!life.IsToCome(Now))
        {
            return;
        }

        var date = life.Last.Start.InZone(_world.Territory.Zone).Date.PlusDays(_random.Next(1, 4));
        var (asked, before) = (Now, await ReadAsync(life.Reference));
        if ((await Product.TryMoveAsync(before, $"{date:uuuu-MM-dd}T{_random.Next(8, 19):00}:00")).Succeeded(out var moved))
        {
            Add(life, new Truth(asked, moved.Appointment.Start, IsCancelled: false));
        }
    }

    private async Task CancelAsync(Life life)
    {
        var asked = Now;
        if (life.IsToCome(Now) && (await Product.TryCancelAsync(await ReadAsync(life.Reference), Actor.Citizen)).Refusal is null)
        {
            Add(life, life.Last with { Since = asked, IsCancelled = true });
        }
    }

    private async Task AskForEarlierAsync(Life life)
    {
        if ((await Product.Get<AskForEarlier>().ExecuteAsync(life.Reference, new Access.ByStaff(Actor.Hotline), TestContext.Current.CancellationToken)).Succeeded(out var listed))
        {
            for (var hours = 3; hours < 100; hours += 3)
            {
                DoNow(Now + Duration.FromHours(hours), () => ClaimAsync(life, listed.Id));
            }
        }
    }

    private async Task ClaimAsync(Life life, WaitingId id)
    {
        if (await Product.WaitingAsync(id) is not { Offers.Count: > 0 } person || person.Offers[^1].Start <= Now)
        {
            return;
        }

        var asked = Now;
        if ((await Product.ClaimAsync(person)).Succeeded(out var taken))
        {
            taken.Appointment.Reference.ShouldBe(life.Reference);
            taken.Appointment.Start.ShouldBeLessThan(life.Last.Start);
            TakenEarlier++;
            Add(life, new Truth(asked, taken.Appointment.Start, IsCancelled: false));
        }
    }

    private async Task EnrolAsync(CourseId course)
    {
        var (wanted, _, twoHours) = Someone();
        var asked = Now;
        var result = await Product.TryBookAsync(wanted.InCourse(course));
        if (!result.Succeeded(out var booked))
        {
            result.Refusal.ShouldBeOfType<Refusal.SlotTaken>();
            return;
        }

        foreach (var seat in await Product.EnrolledAsync(booked.Appointment))
        {
            Note(seat, twoHours, asked);
        }
    }

    /// <summary>Whoever missed a session comes to the one of another course.</summary>
    private async Task MakeUpAsync(Workshop missed, Workshop instead)
    {
        var life = _lives.First(life => life.Session == missed.Id.Value && !life.Last.IsCancelled);
        (await Product.Get<MarkOutcome>().ExecuteAsync(life.Reference, missed.AdvisorId, kept: false, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        _marked[life.Reference] = false;
        var asked = Now;
        var citizen = (await ReadAsync(life.Reference)).Citizen;
        if ((await Product.TryBookAsync(new AnAppointment().Calling(citizen.Phone.E164).In(instead).BookedBy(Actor.Hotline))).Succeeded(out var booked))
        {
            MadeUp = Note(booked.Appointment, twoHours: false, asked);
        }
    }

    private async Task MoveAsync(Workshop session)
    {
        foreach (var hour in new[] { 16, 17, 9, 11, 13, 8, 18, 10, 14, 12, 15 })
        {
            // A day on which nobody of the course has anything else: one message would tell of both.
            var to = new LocalDate(2026, 11, 23).At(new LocalTime(hour, 0));
            var asked = Now;
            var moved = await Product.TryMoveAsync(session, $"{to:uuuu-MM-dd'T'HH:mm}");
            if (moved.Refusal is Refusal.Overlap)
            {
                continue;
            }

            moved.Refusal.ShouldBeNull();
            Follow(session, seat => Add(seat, new Truth(asked, Wall(to), IsCancelled: false, IsUnasked: true)));
            return;
        }
    }

    private async Task CancelAsync(Workshop session)
    {
        var asked = Now;
        (await Product.TryCancelAsync(session)).Refusal.ShouldBeNull();
        Follow(session, seat => Add(seat, seat.Last with { Since = asked, IsCancelled = true, IsUnasked = true, IsToldElsewhere = false }));
    }

    private void Follow(Workshop session, Action<Life> change)
    {
        foreach (var seat in _lives.Where(life => life.Session == session.Id.Value && !life.Last.IsCancelled).ToList())
        {
            change(seat);
        }
    }

    /// <summary>Someone gives up a session, or with it all that is to come of the course.</summary>
    private async Task GiveUpAsync(Workshop session, bool whole)
    {
        var life = _lives.Last(life => life.IsEnrolled && life.Session == session.Id.Value && !life.Last.IsCancelled);
        var asked = Now;
        var appointment = await ReadAsync(life.Reference);
        (await Product.TryCancelAsync(appointment, Actor.Citizen, whole)).Refusal.ShouldBeNull();
        var gone = whole ? [.. (await Product.EnrolledAsync(appointment)).Select(one => LifeOf(one.Reference)).Where(one => one.IsToCome(Now)).OrderBy(one => one.Last.Start)] : new[] { life };
        for (var i = 0; i < gone.Length; i++)
        {
            Add(gone[i], gone[i].Last with { Since = asked, IsCancelled = true, IsToldElsewhere = i > 0 });
        }
    }

    private Life LifeOf(AppointmentReference reference) => _lives.Single(life => life.Reference == reference);

    /// <summary>An advisor is away for a day. A colleague takes over, or whoever is free.</summary>
    private async Task AwayAsync(string advisor, LocalDate date, string? colleague)
    {
        var asked = Now;
        var absence = (await Product.Get<AddAbsence>().ExecuteAsync(
            new AbsenceRequest(
                _world.Territory, new AdvisorId(advisor), null, date.AtMidnight(), date.PlusDays(1).AtMidnight(), null, InsideMode.Reassign,
                RequestIdentity.Of("absence", null, ""), colleague is null ? null : new AdvisorId(colleague)),
            TestContext.Current.CancellationToken)).Value.Absence;
        foreach (var reference in absence.Cancelled)
        {
            var life = LifeOf(reference);
            Add(life, life.Last with { Since = asked, IsCancelled = true, IsUnasked = true, IsToldElsewhere = false });
        }

        foreach (var reference in absence.Reassigned)
        {
            var now = await ReadAsync(reference);
            now.AdvisorId.ShouldBe(new AdvisorId(colleague ?? now.AdvisorId.Value));
            TakenOver++;
            if (now.Means == Means.Video)
            {
                // Behind another link.
                Add(LifeOf(reference), new Truth(asked, now.Start, IsCancelled: false, IsUnasked: true));
            }
        }
    }

    /// <summary>Says who came; sometimes wrongly, and then rightly.</summary>
    private async Task MarkAsync(Life life)
    {
        if (life.Last.IsCancelled || life.Last.Start > Now || !_marked.TryAdd(life.Reference, true))
        {
            return;
        }

        var kept = _random.Next(5) > 0;
        var advisor = (await ReadAsync(life.Reference)).AdvisorId;
        foreach (var said in _random.Next(6) == 0 ? new[] { !kept, kept } : [kept])
        {
            (await Product.Get<MarkOutcome>().ExecuteAsync(life.Reference, advisor, said, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        }
    }

    private async Task<Appointment> ReadAsync(AppointmentReference reference) =>
        (await Product.Get<IAppointmentStore>().ReadAsync(reference, TestContext.Current.CancellationToken)).ShouldNotBeNull().Value;
}
