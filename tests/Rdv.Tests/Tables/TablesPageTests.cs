using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using Rdv.Agenda;
using Rdv.Azure.Backups;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Backups;
using Rdv.Calendars;
using Rdv.Dispatch;
using Rdv.Functions.Http;
using Rdv.Local;
using Rdv.Messages;
using Rdv.People;
using Rdv.Sms;
using Rdv.Tests.Calendars;
using Rdv.Tests.Contract;
using Rdv.Transactions;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Tables;

/// <summary>Drives the product through all that writes, then holds every row of the table against docs/tables.md, both ways.</summary>
public sealed partial class TablesPageTests
{
    private const string Aline = "advisor:69/" + ContractApp.Advisor;

    // What the gateway below does with these numbers.
    private const string Refused = "06 39 98 70 01";
    private const string Delayed = "06 39 98 70 02";

    private const string Forgotten = "06 39 98 70 03";

    // Columns that hold JSON, whose names are on the page too.
    private static readonly string[] Json = ["Dnn", "Messages", "Hours", "Travels", "Extra", "Offers", "Data"];

    [Fact]
    public async Task Every_row_and_column_is_on_the_page_and_what_is_on_the_page_is_written()
    {
        var kill = new KillAfterChore();
        var calendar = new PublishedCalendar();
        var options = new TableClientOptions { Retry = { MaxRetries = 0 } };
        options.AddPolicy(kill, HttpPipelinePosition.PerCall);
        // With limits that nothing here meets, since what they count is stored.
        var limits = new LimitSettings { ReadBurst = 10_000, WriteBurst = 10_000, WrongKeysPerMinute = 10_000, HoldsPerClient = 100, MadePerDay = 1000 };
        // What made a row due is written where traces are exported.
        using var spans = new Rdv.Tests.Operations.Spans();
        await using var app = await ContractApp.StartAsync(
            configure: services => services.AddSingleton<ISmsGateway, Gateway>().AddSingleton<IMailGateway, RefusingMail>().AddSingleton<ICalendarSource>(calendar).AddSingleton(options).AddSingleton(limits),
            options: new LocalOptions { Settings = new Dictionary<string, string?> { ["Booking:AppointmentsPerPhone"] = "100", ["Sms:PerPhoneAndDay"] = "100" } });
        await DriveAsync(app, calendar);
        await LeaveLongChangesAsync(app, kill);
        var seat = await WaitForASeatAsync(app);
        await FreeASlotAsync(app);
        await CancelAsync(app, seat);
        await OpenHoursAsync(app);

        // The clock has moved, and what was held before is forgotten: hours of a later day.
        var from = NodaTime.Text.LocalDatePattern.Iso.Format((await app.NowAsync()).InUtc().Date.PlusDays(9));
        var free = (await app.GetAsync($"/api/territories/69/slots?topic={ContractApp.Topic}&place={ContractApp.Place}&from={from}")).Json.GetProperty("slots")[0];
        (await app.PostAsync(
            "/api/holds", new { territory = "69", topic = ContractApp.Topic, start = free.GetProperty("start").GetString(), placeId = ContractApp.Place })).Status.ShouldBe(201);

        await NoteABackupAsync(app);
        await SendManyAsync(app);

        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<(string Family, string Column)>();
        await foreach (var row in app.Table.QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
        {
            var families = TablesPage.Families.Where(family => family.Partition.IsMatch(row.PartitionKey) && family.Row.IsMatch(row.RowKey)).ToList();
            if (families is not [var family])
            {
                unknown.Add($"{row.PartitionKey} · {row.RowKey} is of {families.Count} families");
                continue;
            }

            seen.Add((family.Key, ""));
            foreach (var (name, type) in Columns(row))
            {
                var column = family.Columns.FirstOrDefault(column => column.Name == name)
                    ?? family.Columns.FirstOrDefault(column => column.Name.EndsWith(".*", StringComparison.Ordinal) && name.StartsWith(column.Name[..^1], StringComparison.Ordinal));
                if (column is null)
                {
                    unknown.Add($"{family.Key}: {name} is not on the page");
                }
                else if (column.Type != type)
                {
                    unknown.Add($"{family.Key}: {name} is {type}, and {column.Type} on the page");
                }
                else
                {
                    seen.Add((family.Key, column.Name));
                }
            }
        }

        unknown.ShouldBeEmpty();
        TablesPage.Families.Where(family => !seen.Contains((family.Key, ""))).Select(family => family.Key).ShouldBeEmpty("families that nobody writes");
        Named(written: true).Except(seen).ShouldBeEmpty("columns that nobody writes");
        Named(written: false).Intersect(seen).ShouldBeEmpty("columns that are written by now");
    }

    /// <summary>More to one number in a day than leave uncounted.</summary>
    private static async Task SendManyAsync(ContractApp app)
    {
        for (var sms = 0; sms <= SmsQuota.Uncounted; sms++)
        {
            (await app.App.Services.GetRequiredService<SmsQuota>().TryTakeAsync(
                PhoneNumber.FromE164("+33639980009"), new LocalDate(2026, 11, 24), Guid.NewGuid(), TestContext.Current.CancellationToken)).ShouldBeTrue();
        }
    }

    /// <summary>There is nowhere to back up to here: only its progress is noted.</summary>
    private static async Task NoteABackupAsync(ContractApp app)
    {
        var now = await app.NowAsync();
        (await new TableBackupProgressStore(new RdvTable(app.Table)).TryWriteAsync(
            new BackupProgress(now.InUtc().Date, now, now, [new BackupPart("69", "2026-11-24/69-0.jsonl.gz", 1, 1, "0", now)], now, now, ETag: null),
            TestContext.Current.CancellationToken)).ShouldNotBeNull();
    }

    private static IEnumerable<(string Family, string Column)> Named(bool written) =>
        from family in TablesPage.Families
        from column in family.Columns
        where column.Written == written
        select (family.Key, column.Name);

    private static async Task MeetByPhoneAsync(ContractApp app)
    {
        const string Hours = $"/api/advisors/69/{ContractApp.Advisor}/opening-hours";
        var hours = JsonNode.Parse((await app.GetAsync(Hours, "admin")).Text)!.AsArray();
        foreach (var period in hours)
        {
            period!["means"] = new JsonArray("place", "phone", "home");
        }

        Stored(await app.SendAsync(HttpMethod.Put, Hours, ContractApp.Content(hours.ToJsonString()), "admin"));
        var free = (await app.GetAsync($"/api/territories/69/slots?topic={ContractApp.Topic}&advisor={ContractApp.Advisor}&days=42&means=phone")).Json.GetProperty("slots");
        Stored(await app.PostAsync("/api/appointments", new
        {
            territory = "69",
            topic = ContractApp.Topic,
            start = free[free.GetArrayLength() - 1].GetProperty("start").GetString(),
            placeId = free[free.GetArrayLength() - 1].GetProperty("placeId").GetString(),
            advisorId = ContractApp.Advisor,
            means = "phone",
            citizen = new { name = "Odette Fictive", phone = app.DrawPhone() },
        }));
        Stored(await app.PostAsync(
            "/api/callback-requests",
            new { territory = "69", topic = ContractApp.Topic, insee = "69256", means = "phone", citizen = new { name = "Odette Fictive", phone = app.DrawPhone() } }));

        Stored(await app.SendAsync(HttpMethod.Put, $"/api/advisors/69/{ContractApp.Advisor}/booking-rules", ContractApp.Content("""{ "pauseMinutes": 0, "homeKilometres": 10 }"""), "admin"));
        var visit = (await app.GetAsync($"/api/territories/69/slots?topic={ContractApp.Topic}&advisor={ContractApp.Advisor}&days=42&means=home&insee=69256")).Json.GetProperty("slots");
        var home = new { address = "12 impasse des Pervenches", insee = "69256" };
        Stored(await app.PostAsync("/api/appointments", new
        {
            territory = "69",
            topic = ContractApp.Topic,
            start = visit[visit.GetArrayLength() - 1].GetProperty("start").GetString(),
            placeId = visit[visit.GetArrayLength() - 1].GetProperty("placeId").GetString(),
            advisorId = ContractApp.Advisor,
            means = "home",
            home,
            citizen = new { name = "Odette Fictive", phone = app.DrawPhone() },
        }));
        Stored(await app.PostAsync(
            "/api/callback-requests", new { territory = "69", topic = ContractApp.Topic, insee = "69256", means = "home", home, citizen = new { name = "Odette Fictive", phone = app.DrawPhone() } }));
    }

    /// <summary>Somebody who signs in with one account, then with another, and is no administrator any more.</summary>
    private static async Task ManageStaffAsync(ContractApp app)
    {
        const string Address = "nadia@departement.example.fr";
        var added = await app.PostAsync("/api/admin/staff", new { name = "Nadia Ancienne", address = Address, roles = new[] { new { role = "admin" }, new { role = "hotline" } } }, "admin");
        Stored(added);
        var staff = app.App.Services.GetRequiredService<Rdv.Staff.IdentifyStaff>();
        foreach (var subject in new[] { "one", "two" })
        {
            await staff.ExecuteAsync(
                new Rdv.Staff.SignedInAccount(Rdv.Staff.SignInCode.Of("aad", "tenant", subject), "aad", Address, IsAddressDoubtful: false), TestContext.Current.CancellationToken);
        }

        Stored(await app.SendAsync(
            HttpMethod.Put,
            $"/api/admin/staff/{added.Json.GetProperty("id").GetString()}",
            ContractApp.Content($$"""{ "name": "Nadia Ancienne", "address": "{{Address}}", "roles": [{ "role": "hotline" }] }"""),
            "admin"));
    }

    private static async Task DriveAsync(ContractApp app, PublishedCalendar calendar)
    {
        // Every field of a person; then an SMS that is refused.
        var whole = new
        {
            territory = "69",
            topic = ContractApp.Topic,
            start = await app.DrawStartAsync(),
            placeId = ContractApp.Place,
            advisorId = ContractApp.Advisor,
            citizen = new { name = "Odette Fictive", phone = app.DrawPhone(), email = "odette@exemple.example", business = "Chez Odette", needs = "Malentendante", reminderTwoHours = true },
            helper = new { name = "Aurore Fictive", phone = app.DrawPhone(), consent = true },
            note = "Vient en bus",
        };
        Stored(await app.PostAsync("/api/appointments", whole));
        await app.BookAsync(Refused);

        var hold = await app.PostAsync(
            "/api/holds",
            new { territory = "69", topic = ContractApp.Topic, start = await app.DrawStartAsync(), placeId = ContractApp.Place, advisorId = ContractApp.Advisor });
        Stored(hold);

        var phone = app.DrawPhone();
        var moved = await app.BookAsync(phone);
        var (reference, key) = (moved.GetProperty("reference").GetString(), moved.GetProperty("key").GetString());
        Stored(await app.PostAsync($"/api/appointments/{reference}/move", new { key, start = await app.DrawStartAsync() }));
        Stored(await app.PostAsync($"/api/appointments/{reference}/link", new { phone }));

        await app.BookAsync(Forgotten);
        var cancelled = await app.BookAsync();
        Stored(await app.PostAsync($"/api/hotline/appointments/{cancelled.GetProperty("reference").GetString()}/cancel", new { reason = "Malade" }, "hotline"));

        // Two landlines: one call to make, one that was made.
        Stored(await app.PostAsync("/api/hotline/appointments", app.Booking(await app.DrawStartAsync(), "01 99 00 45 70"), "hotline"));
        Stored(await app.PostAsync("/api/hotline/appointments", app.Booking(await app.DrawStartAsync(), "01 99 00 45 71"), "hotline"));
        var calls = (await app.GetAsync("/api/hotline/callbacks?territory=69&until=2100-01-01T00:00:00Z", "hotline")).Json;
        Stored(await app.PostAsync($"/api/hotline/callbacks/{calls[0].GetProperty("id").GetString()}", new { outcome = "reached", note = "Viendra" }, "hotline"));
        await app.AskToBeCalledAsync();
        var request = (await app.GetAsync("/api/hotline/callbacks?territory=69&until=2100-01-01T00:00:00Z", "hotline")).Json.EnumerateArray().First(call => call.GetProperty("reason").GetString() == "request");
        Stored(await app.PostAsync($"/api/hotline/callbacks/{request.GetProperty("id").GetString()}", new { outcome = "done", note = "A trouvé ailleurs" }, "hotline"));

        // A workshop that keeps its seat, and a course that somebody gives up as a whole.
        await PlanWorkshopAsync(app);
        await CancelAsync(app, (await EnrolAsync(app)).Enrolled);

        Stored(await app.SendAsync(
            HttpMethod.Post,
            "/api/admin/import/structures",
            ContractApp.Content("id,nom,commune,code_postal,code_insee,adresse,nb_conseillers\nbibli,Bibliothèque,Bron,69500,69029,1 rue Fictive,2\n", "text/csv"),
            "admin"));

        // An identifier of the national map, in a commune that is corrected.
        foreach (var commune in new[] { "Bron,69500,69029", "Grenoble,38000,38185" })
        {
            Stored(await app.SendAsync(
                HttpMethod.Post, "/api/admin/import/structures", ContractApp.Content($"id,nom,commune,code_postal,code_insee,adresse\nCoop-numérique_1,Bus,{commune},2 rue Fictive\n", "text/csv"), "admin"));
        }

        await app.RunTimerAsync("SendSms");
        await app.RunTimerAsync("SendInvites");
        await ReportAndResendAsync(app, reference!);
        await ChangeTheAgendaAsync(app);
        await TakeUpACalendarAsync(app, calendar);
        await MeetByPhoneAsync(app);
        await ManageStaffAsync(app);
        Stored(await app.PostAsync("/api/admin/people/erase", new { phone = Forgotten, territory = "69", cancel = true }, "admin"));
        Stored(await app.PostAsync("/api/admin/people/erase", new { phone = Forgotten, territory = "69" }, "admin"));
        Stored(await app.SendAsync(HttpMethod.Put, "/api/admin/dispatch", ContractApp.Content("""{ "sms": "paused", "mail": "paused" }"""), "admin"));
    }

    /// <summary>A calendar that meets an appointment, and has failed for long.</summary>
    private static async Task TakeUpACalendarAsync(ContractApp app, PublishedCalendar published)
    {
        var booked = await app.PostAsync("/api/appointments", app.Booking(await DrawStartToComeAsync(app), advisor: ContractApp.Advisor));
        Stored(booked);
        published.Start = OffsetDateTimePattern.ExtendedIso.Parse(booked.Json.GetProperty("start").GetString()!).Value.ToInstant();
        var added = await app.PostAsync($"/api/advisors/69/{ContractApp.Advisor}/calendars", new { address = "https://agenda.example/1.ics" }, Aline);
        Stored(added);
        added.Json.GetProperty("conflicts").GetArrayLength().ShouldBe(1);
        published.Start = null;
        foreach (var hours in new[] { 1, 4 })
        {
            var calendar = (await app.App.Services.GetRequiredService<ICalendarStore>().ListAsync(Rdv.Territories.Territory.Parse("69"), TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
            await app.App.Services.GetRequiredService<ReadCalendar>().ExecuteAsync(calendar, calendar.CheckedAt + Duration.FromHours(hours), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A delivery report, and a message that is asked for again.</summary>
    private static async Task ReportAndResendAsync(ContractApp app, string reference)
    {
        var tag = Gateway.Tags.First(tag => tag.Contains("|confirmation|", StringComparison.Ordinal));
        Stored(await app.PostAsync("/api/events/sms", new[]
        {
            new
            {
                eventType = "Microsoft.Communication.SMSDeliveryReportReceived",
                data = new { messageId = "Outgoing_1", deliveryStatus = "Failed", deliveryStatusDetails = "Blocked: 4010", tag },
            },
        }));
        Stored(await app.PostAsync($"/api/hotline/appointments/{reference}/resend", new { }, "hotline"));
    }

    private static async Task ChangeTheAgendaAsync(ContractApp app)
    {
        var advisor = $"/api/advisors/69/{ContractApp.Advisor}";
        Stored(await app.PostAsync(advisor + "/appointments", new { walkIn = true }, Aline));
        Stored(await app.SendAsync(
            HttpMethod.Put,
            "/api/advisors/69/elise-maquette/opening-hours",
            ContractApp.Content("""[{ "days": [1], "from": "09:00", "to": "12:00", "placeId": "tiers-lieu-la-passerelle", "topics": ["emploi"], "everyWeeks": 2, "startsOn": "2026-01-05", "endsOn": "2090-01-01" }]"""),
            "admin"));
        Stored(await app.SendAsync(
            HttpMethod.Put,
            "/api/advisors/69/elise-maquette/booking-rules",
            ContractApp.Content($$"""{ "pauseMinutes": 10, "appointmentsPerDay": 5, "travels": [{ "from": "tiers-lieu-la-passerelle", "to": "{{ContractApp.Place}}", "minutes": 20 }], "videoLink": "https://visio.example.fr/elise", "homeKilometres": 10 }"""),
            "admin"));
        Stored(await app.SendAsync(HttpMethod.Put, "/api/structures/69/tiers-lieu-la-passerelle/phone-share", ContractApp.Content("""{ "phoneShare": 20 }"""), "admin"));
        // So long ago that the next night forgets who it was.
        Stored(await app.PostAsync("/api/advisors/67/frieda-echantillon/leave", new { on = "2020-01-01" }, "admin"));
        var today = (await app.NowAsync()).InUtc().Date;
        Stored(await app.SendAsync(
            HttpMethod.Put, $"/api/structures/69/{ContractApp.Structure}/holidays/{today.Year + 1}-07-14", ContractApp.Content("""{ "open": true }"""), "admin"));

        // One that nobody else can take, and one that a colleague at the same place can.
        var alone = await app.BookAsync();
        Stored(await app.PostAsync(advisor + "/absences", Over(alone, "cancel"), Aline));
        var from = LocalDatePattern.Iso.Format(today.PlusDays(2));
        var shared = (await app.GetAsync($"/api/territories/69/slots?topic={ContractApp.Topic}&place={ContractApp.Place}&from={from}&days=38")).Json
            .GetProperty("slots").EnumerateArray().Last(slot => slot.GetProperty("free").GetInt32() == 2).GetProperty("start").GetString()!;
        var taken = await app.PostAsync("/api/appointments", app.Booking(shared));
        Stored(taken);
        var reassigned = await app.PostAsync(advisor + "/absences", Over(taken.Json, "reassign"), Aline);
        Stored(reassigned);
        reassigned.Json.GetProperty("reassigned").GetArrayLength().ShouldBe(1);

        Stored(await app.PostAsync(
            "/api/callback-requests", new { territory = "69", topic = ContractApp.Topic, insee = "69256", means = "phone", citizen = new { name = "Odette Fictive", phone = app.DrawPhone() } }));
        var absent = await app.BookAsync();
        var past = await app.BookAsync();
        // Into the night that follows the day after: what is frozen, and forgotten, is so then.
        await app.MoveClockAsync(OffsetDateTimePattern.ExtendedIso.Parse(past.GetProperty("start").GetString()!).Value.Date.PlusDays(2).At(new LocalTime(3, 10))
            .InZoneStrictly(Rdv.Territories.Territory.Parse("69").Zone).ToInstant());
        Stored(await app.PostAsync($"{advisor}/appointments/{past.GetProperty("reference").GetString()}/outcome", new { outcome = "kept" }, Aline));
        Stored(await app.PostAsync($"{advisor}/appointments/{absent.GetProperty("reference").GetString()}/outcome", new { outcome = "missed" }, Aline));
        await app.RunTimerAsync("FreezeYesterday");

        // An SMS that has to wait.
        Stored(await app.PostAsync("/api/appointments", app.Booking(await DrawStartToComeAsync(app), Delayed)));
        await app.RunTimerAsync("SendSms");
    }

    /// <summary>One freed slot that is offered to someone who waits, and one that the next run of the chores would offer.</summary>
    private static async Task FreeASlotAsync(ContractApp app)
    {
        await app.AskToBeCalledAsync(note: "Le matin", signs: true);
        var from = LocalDatePattern.Iso.Format((await app.NowAsync()).InUtc().Date.PlusDays(20));
        var starts = (await app.GetAsync($"/api/territories/69/slots?topic={ContractApp.Topic}&place={ContractApp.Place}&advisor={ContractApp.Advisor}&from={from}&days=20"))
            .Json.GetProperty("slots").EnumerateArray().Select(slot => slot.GetProperty("start").GetString()!).Where(start => start[14..16] == "00").Take(2).ToList();
        var appointments = new List<JsonElement>();
        foreach (var start in starts)
        {
            var booked = await app.PostAsync("/api/appointments", app.Booking(start));
            Stored(booked);
            appointments.Add(booked.Json);
        }

        await CancelAsync(appointments[0]);
        await app.RunTimerAsync("DoChores");
        await CancelAsync(appointments[1]);

        async Task CancelAsync(JsonElement appointment) => Stored(await app.PostAsync(
            $"/api/hotline/appointments/{appointment.GetProperty("reference").GetString()}/cancel", new { }, "hotline"));
    }

    /// <summary>An earlier time, a seat that is kept for someone who waits, and one that is still to be given back.</summary>
    private static async Task<Reply> WaitForASeatAsync(ContractApp app)
    {
        var booked = await app.PostAsync("/api/appointments", app.Booking(await DrawStartToComeAsync(app)));
        Stored(booked);
        Stored(await app.PostAsync(
            $"/api/appointments/{booked.Json.GetProperty("reference").GetString()}/earlier", new { key = booked.Json.GetProperty("key").GetString() }));
        var workshopId = (await PlanWorkshopAsync(app, seats: 2)).Split('/')[^1];
        var second = await app.PostAsync("/api/appointments", new { territory = "69", workshopId, citizen = new { name = "Louise Fictive", phone = app.DrawPhone() } });
        Stored(second);
        var third = await app.PostAsync("/api/callback-requests", new { territory = "69", workshopId, citizen = new { name = "Jean Fictif", phone = app.DrawPhone() } });
        Stored(third);
        await CancelAsync(app, second);
        await app.RunTimerAsync("DoChores");
        var other = (await PlanWorkshopAsync(app, seats: 2)).Split('/')[^1];
        var seat = await app.PostAsync("/api/appointments", new { territory = "69", workshopId = other, citizen = new { name = "Louise Fictive", phone = app.DrawPhone() } });
        Stored(seat);
        return seat;
    }

    private static async Task CancelAsync(ContractApp app, Reply booked) => Stored(await app.PostAsync(
        $"/api/hotline/appointments/{booked.Json.GetProperty("reference").GetString()}/cancel", new { }, "hotline"));

    /// <summary>As it stands while some of those who wait had their turn, and others have not.</summary>
    private static async Task OpenHoursAsync(ContractApp app)
    {
        var (territory, now) = (Rdv.Territories.Territory.Parse("69"), await app.NowAsync());
        var opened = new OpenedHours(
            [new Rdv.Ids.AdvisorId(ContractApp.Advisor)], [new OpenedTime(now.InUtc().Date.PlusDays(3), 96, 144)], new WaitingTurn(now, "q00000000"));
        var chore = opened.ToChore(OpenedHours.SubjectOf(territory, ContractApp.Advisor), version: 1, now).ShouldNotBeNull();
        await app.App.Services.GetRequiredService<Writer>().WriteAsync<bool>(
            territory, _ => Task.FromResult<Decision<bool>>(new Decision<bool>.Write([.. OpenedHours.Rows(chore)], true)), TestContext.Current.CancellationToken);
    }

    /// <summary>An absence that dies between its transaction and what becomes of the appointment inside.</summary>
    private static async Task LeaveLongChangesAsync(ContractApp app, KillAfterChore kill)
    {
        var inside = await app.PostAsync("/api/appointments", app.Booking(await DrawStartToComeAsync(app)));
        Stored(inside);
        kill.Armed = true;
        Stored(await app.PostAsync($"/api/advisors/69/{ContractApp.Advisor}/absences", Over(inside.Json, "reassign", colleague: "bachir-modele"), Aline));
        kill.Armed = false;

        var workshop = await PlanWorkshopAsync(app);
        kill.Armed = true;
        Stored(await app.PostAsync(workshop + "/cancel", new { reason = "Salle fermée" }, Aline));
        kill.Armed = false;

        var course = (await EnrolAsync(app)).Course;
        kill.Armed = true;
        Stored(await app.PostAsync(course + "/cancel", new { reason = "Salle fermée" }, Aline));
        kill.Armed = false;
    }

    /// <returns>The address of a course, and who is enrolled in it.</returns>
    private static async Task<(string Course, Reply Enrolled)> EnrolAsync(ContractApp app)
    {
        var courses = $"/api/advisors/69/{ContractApp.Advisor}/courses";
        var territory = Rdv.Territories.Territory.Parse("69");
        var day = (await app.NowAsync()).InZone(territory.Zone).Date.PlusDays(1);
        Reply planned;
        do
        {
            day = day.PlusDays(1);
            var starts = new[] { day, day.PlusDays(7) }.Select(date => new { start = Rdv.Functions.Http.Values.Format(date.At(new LocalTime(6, 0)), territory) });
            planned = await app.PostAsync(
                courses,
                new { title = "Maîtriser sa tablette", topic = "premiers-pas", minutes = 60, placeId = ContractApp.Place, seats = 3, sessions = starts, coAdvisorId = "bachir-modele" },
                Aline);
        }
        while (planned.Status != 201);
        var courseId = planned.Json.GetProperty("id").GetString();
        var enrolled = await app.PostAsync("/api/appointments", new { territory = "69", courseId, citizen = new { name = "Louise Fictive", phone = app.DrawPhone() } });
        Stored(enrolled);
        return ($"{courses}/{courseId}", enrolled);
    }

    /// <returns>The address of a workshop in which somebody has a seat: an evening, when nothing else is.</returns>
    private static async Task<string> PlanWorkshopAsync(ContractApp app, int seats = 3)
    {
        var workshops = $"/api/advisors/69/{ContractApp.Advisor}/workshops";
        var territory = Rdv.Territories.Territory.Parse("69");
        Reply planned;
        var day = (await app.NowAsync()).InZone(territory.Zone).Date;
        do
        {
            day = day.PlusDays(1);
            var start = Rdv.Functions.Http.Values.Format(day.At(new LocalTime(21, 0)), territory);
            planned = await app.PostAsync(workshops, new { title = "Découvrir Internet", topic = "internet", start, placeId = ContractApp.Place, seats }, Aline);
        }
        while (planned.Status != 201);
        var workshopId = planned.Json.GetProperty("id").GetString();
        Stored(await app.PostAsync(
            "/api/appointments", new { territory = "69", workshopId, citizen = new { name = "Odette Fictive", phone = app.DrawPhone() } }));
        return $"{workshops}/{workshopId}";
    }

    /// <summary>The hours that are drawn first have passed, once the clock has moved.</summary>
    private static async Task<string> DrawStartToComeAsync(ContractApp app)
    {
        var now = await app.NowAsync();
        string start;
        do
        {
            start = await app.DrawStartAsync();
        }
        // Not of today, of which nobody asks for an earlier time.
        while (OffsetDateTimePattern.ExtendedIso.Parse(start).Value.ToInstant() < now + Duration.FromHours(24));
        return start;
    }

    private static object Over(JsonElement appointment, string inside, string? colleague = null) => new
    {
        from = appointment.GetProperty("start").GetString(),
        to = appointment.GetProperty("end").GetString(),
        reason = "Formation",
        inside,
        colleague,
    };

    private static void Stored(Reply reply) => reply.Status.ShouldBeInRange(200, 202, reply.Text);

    private static IEnumerable<(string Name, string Type)> Columns(TableEntity row)
    {
        foreach (var (column, value) in row.Where(column => column.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag" or TableTransactions.WriteId)))
        {
            var name = Day().IsMatch(column) ? $"{column[0]}nn" : column;
            yield return (name, value switch
            {
                string => "String",
                int => "Int32",
                bool => "Boolean",
                double => "Double",
                Guid => "Guid",
                DateTimeOffset => "DateTime",
                _ => value.GetType().Name,
            });
            if (Json.Contains(name))
            {
                foreach (var inside in Flatten(JsonDocument.Parse((string)value).RootElement, name))
                {
                    yield return inside;
                }
            }
        }
    }

    private static IEnumerable<(string Name, string Type)> Flatten(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Flatten(property.Value, $"{name}.{property.Name}")),
        JsonValueKind.Array when element.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object) =>
            element.EnumerateArray().SelectMany(item => Flatten(item, name)),
        _ => [(name, $"JSON {element.ValueKind.ToString().ToLowerInvariant()}")],
    };

    [GeneratedRegex("^[DH][0-3][0-9]$")]
    private static partial Regex Day();

    /// <summary>Once armed: nothing reaches storage after the transaction that begins a long change.</summary>
    private sealed class KillAfterChore : HttpPipelinePolicy
    {
        private volatile bool _dead;

        public bool Armed
        {
            get;
            set => (field, _dead) = (value, false);
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (_dead)
            {
                throw new RequestFailedException("No connection.", new IOException());
            }

            using var body = new MemoryStream();
            if (Armed && message.Request.Content is { } content)
            {
                await content.WriteToAsync(body, message.CancellationToken);
            }

            await ProcessNextAsync(message, pipeline);
            // Timers write at the same time: what they do does not bring it back to life.
            _dead |= Armed && System.Text.Encoding.UTF8.GetString(body.ToArray()).Contains("\"due|chore|", StringComparison.Ordinal);
        }
    }

    /// <summary>A server that knows none of the addresses.</summary>
    private sealed class RefusingMail : IMailGateway
    {
        public Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken) => Task.FromResult<SendResult>(new SendResult.Rejected("smtp-550"));
    }

    private sealed class Gateway : ISmsGateway
    {
        public static ConcurrentQueue<string> Tags { get; } = new();

        public Task<SendResult> SendAsync(OutgoingSms sms, CancellationToken cancellationToken)
        {
            var result = sms.To.E164 switch
            {
                "+33639987001" => (SendResult)new SendResult.Rejected("acs-400"),
                "+33639987002" => new SendResult.Unavailable("acs-503", Duration.FromMinutes(1)),
                _ => new SendResult.Sent("Outgoing_1"),
            };
            if (result is SendResult.Sent)
            {
                Tags.Enqueue(sms.Tag.ToString());
            }

            return Task.FromResult(result);
        }
    }
}
