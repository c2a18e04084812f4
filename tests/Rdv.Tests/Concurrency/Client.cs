using NodaTime;
using Rdv.Absences;
using Rdv.Booking;
using Rdv.Functions.Http;
using Rdv.Tests.Infrastructure;
using Rdv.Workshops;

namespace Rdv.Tests.Concurrency;

internal sealed record KnownAppointment(View View, string Key);

internal sealed record KnownWorkshop(string Id, string Advisor, LocalDateTime Start);

internal sealed record KnownHold(Asked.Hold Asked, string Advisor, string Token);

/// <summary>What the clients of a run share.</summary>
internal sealed record Shared(World World, History History, Cluster Cluster, CoursePlanned Course, int Advisors)
{
    /// <summary>Those that stand alone.</summary>
    public required Known<KnownWorkshop> Workshops { get; init; }

    public Known<KnownAppointment> Appointments { get; } = new();

    /// <summary>Appointments that are seats: they are not moved.</summary>
    public Known<KnownAppointment> Seats { get; } = new();

    public Known<KnownHold> Holds { get; } = new();

    public Known<(string Key, string Path)> Absences { get; } = new();

    public Known<(string Key, string Advisor, string Id)> Calendars { get; } = new();

    /// <summary>How often chores may still push the clock, so that no hold ends before it is told to.</summary>
    public int PushesLeft;
}

/// <summary>One client, who asks one thing after the other, at random, and asks again what was not answered.</summary>
internal sealed class Client(string name, int number, Random random, Shared shared)
{
    private const string Place = "p1";
    private const string Topic = "premiers-pas";
    private const int MaxTries = 4;

    /// <summary>A Friday, and the two sides of the end of a month.</summary>
    public static readonly LocalDate[] Dates = [new(2026, 11, 27), new(2026, 11, 30), new(2026, 12, 1)];

    /// <summary>A day of workshops and of appointments, which nobody closes.</summary>
    public static readonly LocalDate WorkshopDate = new(2026, 12, 4);

    /// <summary>Of the course of the first advisor, on days that nobody closes.</summary>
    public static readonly string[] Sessions = ["2026-12-02T14:00", "2026-12-03T10:00", "2026-12-04T10:00"];

    private static readonly string?[] Means = [null, null, null, "phone", "video", Model.AtHome];

    private static readonly (LocalTime From, LocalTime To)[] Hours =
    [
        (new LocalTime(8, 0), new LocalTime(20, 0)), (new LocalTime(8, 0), new LocalTime(12, 0)), (new LocalTime(10, 30), new LocalTime(20, 0)),
    ];

    private readonly Api _api = new(shared.Cluster, random);

    // Of nobody else: what one number has on a day is told in one SMS.
    private string Phone => $"06 39 98 {((name[0] - 'a') * 30) + number:00} {_asked % 100:00}";

    private int _asked;

    private string Territory => shared.World.Territory.Code;

    public async Task RunAsync(int operations)
    {
        // What is rare is in every run.
        Func<Task>[] first = [EnrolAsync, LinkAsync, PlanAsync, DispatchAsync, MoveWorkshopAsync, CloseAsync];
        await first[(number - 1) % first.Length]();
        for (var i = 1; i < operations; i++)
        {
            // Each number out of a hundred.
            await (random.Next(100) switch
            {
                < 20 => BookAsync(),
                < 23 => EnrolAsync(),
                < 29 => SeatAsync(),
                < 32 => LinkAsync(),
                < 33 => UnlinkAsync(),
                < 40 => HoldAsync(),
                < 48 => SearchAsync(),
                < 53 => ReadAsync(),
                < 55 => PlanAsync(),
                < 58 => MoveWorkshopAsync(),
                < 59 => CancelWorkshopAsync(),
                < 70 => CancelAsync(),
                < 86 => MoveAsync(),
                < 90 => CloseAsync(),
                < 93 => OpenAsync(),
                < 95 => ReleaseAsync(),
                < 96 => HoursAsync(),
                < 98 => DispatchAsync(),
                _ => ChoresAsync(),
            });
        }
    }

    /// <summary>
    /// People wait and hours are given back, which nobody books meanwhile: what is offered to those who wait is kept from all others, and the
    /// model knows nothing of it.
    /// </summary>
    public async Task RunWaitingAsync(int operations)
    {
        await WaitAsync();
        for (var i = 1; i < operations; i++)
        {
            await (random.Next(100) switch
            {
                < 35 => WaitAsync(),
                < 75 => CancelAsync(),
                < 85 => DispatchAsync(),
                _ => ChoresAsync(),
            });
        }
    }

    private async Task WaitAsync()
    {
        var asked = new Asked.Wait($"Attente {name} {++_asked}", Phone);
        var body = new { territory = Territory, topic = Topic, citizen = new { name = asked.Name, phone = asked.Phone } };
        await AskAsync(asked, HttpMethod.Post, "/api/callback-requests", body, asked.Name, again: true, (answer, status) =>
            new Answered.Listed(answer.GetProperty("id").GetString()!, status == 201));
    }

    private async Task BookAsync()
    {
        var person = $"Personne {name} {++_asked}";
        var held = random.Next(3) == 0 && shared.Holds.TryTake(random, out var hold) ? hold : null;
        var asked = new Asked.Book(person, random.Next(4) > 0, held is null ? AnyAdvisor() : held.Asked.Advisor, held?.Asked.Start ?? AnyOpenStart(), held?.Asked.Key,
            Means: held is null ? Means[random.Next(Means.Length)] : null);
        var body = new
        {
            territory = Territory,
            topic = Topic,
            start = Format(asked.Start),
            placeId = Place,
            advisorId = asked.Advisor,
            hold = held?.Token,
            means = asked.Means,
            home = asked.Means == Model.AtHome ? new { address = "12 impasse des Pervenches", insee = "69383" } : null,
            citizen = new { name = person, phone = Phone },
        };
        await AskAsync(asked, HttpMethod.Post, "/api/appointments", body, asked.Keyed ? person : null, again: asked.Keyed, (answer, status) =>
        {
            var view = Api.ViewOf(answer);
            shared.Appointments.Add(new KnownAppointment(view, answer.GetProperty("key").GetString()!));
            return new Answered.Appointment(view, status == 201);
        });
    }

    private async Task SeatAsync()
    {
        var person = $"Personne {name} {++_asked}";
        // A session of the course is taken alone with the hotline only.
        var isSession = random.Next(3) == 0;
        var session = shared.Course.Sessions[random.Next(shared.Course.Sessions.Count)];
        var workshop = !isSession && shared.Workshops.TryPick(random, out var known) ? known : new KnownWorkshop(session.Id.Value, session.AdvisorId.Value, session.LocalStart);
        var asked = new Asked.Book(person, Keyed: true, workshop.Advisor, workshop.Start, HoldKey: null, workshop.Id);
        var body = new { territory = Territory, workshopId = asked.Workshop, citizen = new { name = person, phone = Phone } };
        await AskAsync(asked, HttpMethod.Post, isSession ? "/api/hotline/appointments" : "/api/appointments", body, person, again: true, (answer, status) =>
        {
            var view = Api.ViewOf(answer);
            shared.Seats.Add(new KnownAppointment(view, answer.GetProperty("key").GetString()!));
            return new Answered.Appointment(view, status == 201);
        });
    }

    private async Task EnrolAsync()
    {
        var person = $"Personne {name} {++_asked}";
        var body = new { territory = Territory, courseId = shared.Course.Id.ToString(), citizen = new { name = person, phone = Phone } };
        await AskAsync(new Asked.Enrol(person), HttpMethod.Post, "/api/appointments", body, person, again: true, (answer, status) =>
        {
            shared.Seats.Add(new KnownAppointment(Api.ViewOf(answer), answer.GetProperty("key").GetString()!));
            return new Answered.Enrolled(
                [.. answer.GetProperty("sessions").EnumerateArray().Select(session => session.GetProperty("reference").GetString()!)], status == 201);
        });
    }

    private Task PlanAsync()
    {
        var asked = new Asked.Plan($"Atelier {name} {++_asked}", $"a{random.Next(shared.Advisors) + 1}", AnyWorkshopStart());
        var body = new { title = asked.Key, topic = Topic, start = Format(asked.Start), minutes = Model.WorkshopMinutes, placeId = Place, seats = Model.Seats };
        return AskAsync(asked, HttpMethod.Post, $"/api/advisors/{Territory}/{asked.Advisor}/workshops", body, asked.Key, again: true, (answer, status) =>
        {
            var view = Api.WorkshopOf(answer);
            shared.Workshops.Add(new KnownWorkshop(view.Id, asked.Advisor, view.Start));
            return new Answered.Workshop(view, status == 201);
        });
    }

    private async Task MoveWorkshopAsync()
    {
        if (shared.Workshops.TryPick(random, out var workshop))
        {
            var asked = new Asked.MoveWorkshop(workshop.Id, AnyWorkshopStart());
            var body = new { start = Format(asked.Start) };
            await AskAsync(
                asked, HttpMethod.Post, $"/api/advisors/{Territory}/{workshop.Advisor}/workshops/{workshop.Id}/move", body, null, again: true,
                (answer, _) => new Answered.Workshop(Api.WorkshopOf(answer), Created: false));
        }
    }

    private async Task CancelWorkshopAsync()
    {
        if (shared.Workshops.TryPick(random, out var workshop))
        {
            await AskAsync(
                new Asked.CancelWorkshop(workshop.Id), HttpMethod.Post, $"/api/advisors/{Territory}/{workshop.Advisor}/workshops/{workshop.Id}/cancel", new { }, null, again: true,
                (answer, _) => new Answered.Workshop(Api.WorkshopOf(answer), Created: false));
        }
    }

    private async Task LinkAsync()
    {
        var asked = new Asked.Link($"calendar {name} {++_asked}", $"a{random.Next(shared.Advisors) + 1}", random.Next(PublishedHours.Count) + 1);
        var body = new { address = PublishedHours.AddressOf(asked.Number) };
        await AskAsync(asked, HttpMethod.Post, $"/api/advisors/{Territory}/{asked.Advisor}/calendars", body, asked.Key, again: true, (answer, status) =>
        {
            shared.Calendars.Add((asked.Key, asked.Advisor, answer.GetProperty("id").GetString()!));
            return new Answered.Linked(Api.Texts(answer.GetProperty("conflicts")), status == 201);
        });
    }

    private async Task UnlinkAsync()
    {
        if (shared.Calendars.TryPick(random, out var calendar))
        {
            await AskAsync(
                new Asked.Unlink(calendar.Key), HttpMethod.Delete, $"/api/advisors/{Territory}/{calendar.Advisor}/calendars/{calendar.Id}", null, null, again: true,
                (_, _) => new Answered.Done());
        }
    }

    private async Task HoldAsync()
    {
        var asked = new Asked.Hold($"hold {name} {++_asked}", AnyAdvisor(), AnyOpenStart());
        var body = new { territory = Territory, topic = Topic, start = Format(asked.Start), placeId = Place, advisorId = asked.Advisor };
        await AskAsync(asked, HttpMethod.Post, "/api/holds", body, asked.Key, again: true, (answer, _) =>
        {
            var token = answer.GetProperty("hold").GetString()!;
            var hold = HoldToken.TryParse(token, out var parsed) ? parsed : throw new FormatException("A hold that cannot be read.");
            shared.Holds.Add(new KnownHold(asked, hold.AdvisorId.Value, token));
            return new Answered.Held(hold.AdvisorId.Value);
        });
    }

    private async Task ReleaseAsync()
    {
        if (shared.Holds.TryPick(random, out var hold))
        {
            await AskAsync(
                new Asked.Release(hold.Asked.Key, hold.Advisor, hold.Asked.Start.Date), HttpMethod.Delete, $"/api/holds/{hold.Token}", null, null, again: true,
                (_, _) => new Answered.Done());
        }
    }

    private Task SearchAsync()
    {
        var asked = new Asked.Search(AnyAdvisor(), random.Next(5) == 0 ? WorkshopDate : Dates[random.Next(Dates.Length)]);
        var only = asked.Advisor is null ? "" : $"&advisor={asked.Advisor}";
        return AskAsync(
            asked, HttpMethod.Get, $"/api/territories/{Territory}/slots?topic={Topic}&from={Values.Format(asked.Date)}&days=1{only}", null, null, again: false,
            (answer, _) => new Answered.Slots(answer.GetProperty("slots").EnumerateArray()
                .ToDictionary(slot => Api.TimeOf(slot.GetProperty("start")), slot => slot.GetProperty("free").GetInt32())));
    }

    private async Task ReadAsync()
    {
        if ((random.Next(5) == 0 ? shared.Seats : shared.Appointments).TryPick(random, out var known))
        {
            await AskAsync(
                new Asked.Read(known.View.Reference), HttpMethod.Get, $"/api/appointments/{known.View.Reference}?key={known.Key}", null, null, again: false,
                (answer, _) => new Answered.Appointment(Api.ViewOf(answer), Created: false));
        }
    }

    private async Task CancelAsync()
    {
        if ((random.Next(5) == 0 ? shared.Seats : shared.Appointments).TryPick(random, out var known))
        {
            await AskAsync(
                new Asked.Cancel(known.View.Reference), HttpMethod.Post, $"/api/appointments/{known.View.Reference}/cancel", new { key = known.Key, onlySession = true }, null, again: true,
                (answer, _) => new Answered.Appointment(Api.ViewOf(answer), Created: false));
        }
    }

    private async Task MoveAsync()
    {
        if (!shared.Appointments.TryPick(random, out var known))
        {
            return;
        }

        // Often to another hour, sometimes to another advisor only.
        var asked = new Asked.Move(
            known.View.Reference, AnyAdvisor(), random.Next(4) == 0 ? known.View.Start : AnyOpenStart(), random.Next(3) == 0 ? known.View.Version : null);
        var body = new { key = known.Key, start = Format(asked.Start), advisorId = asked.Advisor, version = asked.Version };
        await AskAsync(asked, HttpMethod.Post, $"/api/appointments/{asked.Reference}/move", body, null, again: true, (answer, _) =>
        {
            var view = Api.ViewOf(answer);
            shared.Appointments.Add(known with { View = view });
            return new Answered.Appointment(view, Created: false);
        });
    }

    private async Task CloseAsync()
    {
        var from = AnyStart();
        var to = random.Next(4) == 0 ? from.Date.PlusDays(1).At(new LocalTime(12, 0)) : from.PlusHours(random.Next(1, 4));
        var asked = new Asked.Absent(
            $"absence {name} {++_asked}", random.Next(5) == 0 ? null : $"a{random.Next(shared.Advisors) + 1}", from, to, (InsideMode)random.Next(3));
        var body = new { from = Format(asked.From), to = Format(asked.To), reason = asked.Key, inside = asked.Mode.ToString().ToLowerInvariant() };
        var path = asked.Advisor is null ? $"/api/structures/{Territory}/{Directories.Structure.Value}/closures" : $"/api/advisors/{Territory}/{asked.Advisor}/absences";
        await AskAsync(asked, HttpMethod.Post, path, body, asked.Key, again: true, (answer, status) =>
        {
            shared.Absences.Add((asked.Key, $"{path}/{answer.GetProperty("id").GetString()}"));
            return new Answered.Closed(status == 201);
        });
    }

    private async Task OpenAsync()
    {
        if (shared.Absences.TryPick(random, out var absence))
        {
            await AskAsync(new Asked.Return(absence.Key), HttpMethod.Delete, absence.Path, null, null, again: true, (_, _) => new Answered.Done());
        }
    }

    private Task HoursAsync()
    {
        // As often all day as not.
        var (from, to) = Hours[random.Next(2) == 0 ? 0 : random.Next(Hours.Length)];
        var asked = new Asked.Hours($"a{random.Next(shared.Advisors) + 1}", from, to);
        var body = new[] { new { days = new[] { 1, 2, 3, 4, 5, 6, 7 }, from = $"{from:HH:mm}", to = $"{to:HH:mm}", placeId = Place, means = new[] { "place", "phone", "video", "home" } } };
        return AskAsync(
            asked, HttpMethod.Put, $"/api/advisors/{Territory}/{asked.Advisor}/opening-hours", body, null, again: true,
            (answer, _) => new Answered.Rewritten(
                answer.GetProperty("version").GetInt32(), [.. answer.GetProperty("outside").EnumerateArray().Select(reference => reference.GetString()!)]));
    }

    private Task ChoresAsync()
    {
        if (Interlocked.Decrement(ref shared.PushesLeft) >= 0)
        {
            shared.World.Clock.Advance(Run.Push);
        }

        return AskAsync(new Asked.Chores(), HttpMethod.Post, "/admin/functions/DoChores", new { }, null, again: false, (_, _) => new Answered.Done());
    }

    private Task DispatchAsync()
    {
        var asked = new Asked.Dispatch(random.Next(2) == 0 ? "SendSms" : "SendInvites");
        return AskAsync(asked, HttpMethod.Post, $"/admin/functions/{asked.Timer}", new { }, null, again: false, (_, _) => new Answered.Done());
    }

    /// <summary>Asks one instance or the other, sometimes both at once, and again until there is an answer.</summary>
    private async Task AskAsync(
        Asked asked, HttpMethod method, string path, object? body, string? key, bool again, Func<System.Text.Json.JsonElement, int, Answered> read)
    {
        for (var tries = 0; tries < (again ? MaxTries : 1); tries++)
        {
            var place = random.Next(Cluster.Size);
            var twice = again && random.Next(12) == 0;
            var answers = await Task.WhenAll(Enumerable.Range(0, twice ? 2 : 1).Select(twin =>
            {
                var hangsUp = random.Next(30) == 0;
                return shared.History.RecordAsync(
                    name, asked, () => _api.SendAsync((place + twin) % Cluster.Size, method, path, body, key, hangsUp, read));
            }));
            if (answers.Any(answer => !answer.IsUnknown))
            {
                return;
            }
        }
    }

    private string? AnyAdvisor() => random.Next(2) == 0 ? null : $"a{random.Next(shared.Advisors) + 1}";

    /// <summary>Half of all want the same few hours.</summary>
    private LocalDateTime AnyStart() => random.Next(2) == 0
        ? Dates[1].At(new LocalTime(9, 0)).PlusMinutes(30 * random.Next(5))
        : Dates[random.Next(Dates.Length)].At(new LocalTime(8, 0)).PlusMinutes(30 * random.Next(23));

    private LocalDateTime AnyWorkshopStart() => WorkshopDate.At(new LocalTime(8, 0)).PlusMinutes(30 * random.Next(21));

    /// <summary>Sometimes on the day of workshops.</summary>
    private LocalDateTime AnyOpenStart() => random.Next(5) == 0 ? WorkshopDate.At(new LocalTime(8, 0)).PlusMinutes(30 * random.Next(23)) : AnyStart();

    private string Format(LocalDateTime start) => Values.Format(start, shared.World.Territory);
}
