using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Text;
using Rdv.Ids;
using Rdv.Tests.Contract;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Staff;

/// <summary>"Who has looked at 69-XXXX-XXXX" has an answer: whatever shows a person to staff, or changes what is stored of one, leaves a line that names the record.</summary>
public sealed partial class WhoLookedTests
{
    // What a route is called by that opens something by itself.
    private static readonly string[] Keys = ["{key", "{token", "{file"];

    private const string Name = "Ondine Secrète";
    private const string Waiting = "Gaspard Discret";
    private const string Mobile = "06 39 98 76 54";
    private const string WaitingMobile = "06 39 98 76 56";
    private const string Operator = "hotline";
    private const string Advisor = "advisor:69/" + ContractApp.Advisor;

    /// <summary>Every address that there is, so that a new one cannot be forgotten.</summary>
    [Fact]
    public async Task Whatever_is_read_that_names_somebody_leaves_a_line_with_the_record()
    {
        await using var watched = await WatchedApp.StartAsync();
        var app = watched.App;
        var start = await app.DrawStartAsync();
        var booked = await watched.BookAsync(start);
        var reference = booked.GetProperty("reference").GetString()!;
        var planned = await app.PostAsync(
            $"/api/advisors/69/{ContractApp.Advisor}/workshops",
            new { title = "Découvrir Internet", topic = "internet", start = await app.DrawStartAsync(), minutes = 60, placeId = ContractApp.Place, seats = 3 },
            "admin");
        planned.Status.ShouldBe(201, planned.Text);
        var waits = await watched.WaitAsync();
        var values = RouteValues.Of(booked, app.App.Services.GetRequiredService<Rdv.Invites.FeedTokens>(), waits, planned.Json.GetProperty("id").GetString()!);
        var shown = new HashSet<string>();

        // The day itself: the pages of today have somebody on them.
        await app.MoveClockAsync(OffsetDateTimePattern.ExtendedIso.Parse(start).Value.ToInstant() - Duration.FromMinutes(50));
        foreach (var trigger in Triggers.Http.Where(trigger => trigger.Method == "GET"))
        {
            foreach (var persona in new[] { "admin", Operator, Advisor, "structure:69/" + ContractApp.Structure })
            {
                var query = $"topic=premiers-pas&sujet=premiers-pas&territory=69&territoire=69&departement=69&conseiller={ContractApp.Advisor}&until=2100-01-01T00:00:00Z&q={reference}"
                    + $"&structure={ContractApp.Structure}&date={start[..10]}&jour={start[..10]}&semaine={start[..10]}&from={start[..10]}&rdv={reference}&du={start[..10]}";
                var address = $"{values.AddressOf(trigger.Route).Replace("elise-maquette", ContractApp.Advisor, StringComparison.Ordinal)}?{query}";
                var (reply, lines) = await watched.AskAsync(() => app.GetAsync(address, persona));
                var text = Plain(reply.Text);
                if (lines.Count == 0)
                {
                    // Not a door of staff: whoever has the link sees their own, and nobody else is seen there.
                    if (!Keys.Any(key => trigger.Route.Contains(key, StringComparison.Ordinal)))
                    {
                        new[] { Name, Waiting }.Where(name => text.Contains(name, StringComparison.Ordinal)).ShouldBeEmpty($"{persona} {address}");
                    }

                    continue;
                }

                foreach (var (said, record) in new[] { (Name, reference), (Waiting, waits.Id) }.Where(pair => text.Contains(pair.Item1, StringComparison.Ordinal)))
                {
                    shown.Add(trigger.Name);
                    lines.ShouldContain(line => line.Contains(record, StringComparison.Ordinal) && line.Contains($" {trigger.Name} for ", StringComparison.Ordinal), $"{persona} {address}");
                }

                if (reply.Status == 200 && trigger.Route.StartsWith("api/advisors/{territory}/{id}", StringComparison.Ordinal))
                {
                    lines.ShouldContain(line => line.Contains($"advisor:69/{ContractApp.Advisor}", StringComparison.Ordinal), $"{persona} {address}");
                }
            }
        }

        // So that it looked at something: these doors led to the person.
        foreach (var door in new[] { "AdvisorAgenda", "AgendaPage", "StructureToday", "ArrivalsPage", "Callbacks", "HotlineAppointmentPage", "HotlineWaitingPage" })
        {
            shown.ShouldContain(door, string.Join(' ', shown.Order()));
        }

        watched.Lines.ShouldAllBe(line => !Words.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Whatever_is_asked_or_changed_with_a_form_or_a_body_does_too()
    {
        await using var watched = await WatchedApp.StartAsync();
        var app = watched.App;
        var booked = await watched.BookAsync(await app.DrawStartAsync());
        var reference = booked.GetProperty("reference").GetString()!;
        var waits = await watched.WaitAsync();
        await app.RunTimerAsync("SendSms");

        await LeavesAsync("HotlineSearch", () => app.PostAsync("/api/hotline/search", new { phone = Mobile }, Operator), reference);
        await LeavesAsync("HotlineSearch", () => app.PostAsync("/api/hotline/search", new { territory = "69", name = "Ondine" }, Operator), reference);
        await LeavesAsync("ExportPerson", () => app.PostAsync("/api/admin/people/export", new { phone = Mobile }, "admin"), reference);
        await LeavesAsync("ExportPerson", () => app.PostAsync("/api/admin/people/export", new { phone = WaitingMobile }, "admin"), waits.Id);
        await LeavesAsync("HotlineResend", () => app.PostAsync($"/api/hotline/appointments/{reference}/resend", new { }, Operator), reference);

        var call = (await app.GetAsync("/api/hotline/callbacks?territory=69&until=2100-01-01T00:00:00Z", Operator)).Json.EnumerateArray()
            .First(found => found.GetRawText().Contains(waits.Id, StringComparison.Ordinal) || Plain(found.GetRawText()).Contains(Waiting, StringComparison.Ordinal)).GetProperty("id").GetString();
        await LeavesAsync("FinishCallback", () => app.PostAsync($"/api/hotline/callbacks/{call}", new { outcome = "reached" }, Operator), waits.Id);
        await LeavesAsync("HotlineCancel", () => app.PostAsync($"/api/hotline/appointments/{reference}/cancel", new { }, Operator), reference);
        await LeavesAsync("ErasePerson", () => app.PostAsync("/api/admin/people/erase", new { phone = Mobile }, "admin"), reference);
        await LeavesAsync("ErasePerson", () => app.PostAsync("/api/admin/people/erase", new { phone = WaitingMobile }, "admin"), waits.Id);

        async Task LeavesAsync(string door, Func<Task<Reply>> ask, string record)
        {
            var (reply, lines) = await watched.AskAsync(ask);
            reply.Status.ShouldBe(200, reply.Text);
            lines.ShouldContain(line => line.Contains($" {door} for ", StringComparison.Ordinal) && line.Contains(record, StringComparison.Ordinal));
        }
    }

    /// <summary>Names are compared with all appointments of the days: only those that are shown have been looked at.</summary>
    [Fact]
    public async Task Who_was_only_compared_with_a_name_was_not_looked_at()
    {
        await using var watched = await WatchedApp.StartAsync();
        var app = watched.App;
        var reference = (await watched.BookAsync(await app.DrawStartAsync())).GetProperty("reference").GetString()!;
        var other = (await app.BookAsync()).GetProperty("reference").GetString()!;
        var (_, lines) = await watched.AskAsync(() => app.PostAsync("/api/hotline/search", new { territory = "69", name = "Ondine" }, Operator));
        lines.ShouldContain(line => line.Contains(reference, StringComparison.Ordinal));
        lines.ShouldAllBe(line => !line.Contains(other, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_person_who_looks_at_their_own_leaves_no_line()
    {
        await using var watched = await WatchedApp.StartAsync();
        var booked = await watched.BookAsync(await watched.App.DrawStartAsync());
        var (reply, lines) = await watched.AskAsync(() => watched.App.GetAsync(
            $"/api/appointments/{booked.GetProperty("reference").GetString()}?key={booked.GetProperty("key").GetString()}"));
        reply.Status.ShouldBe(200);
        lines.ShouldBeEmpty();
    }

    private static IReadOnlyList<string> Words => ["Ondine", "Secrète", "Gaspard", "Discret", "639987654", "639987656", "39 98 76"];

    private static string Plain(string text) =>
        Escapes().Replace(System.Net.WebUtility.HtmlDecode(text), match => ((char)int.Parse(match.Groups[1].Value, System.Globalization.NumberStyles.HexNumber, null)).ToString());

    [GeneratedRegex(@"\\u([0-9A-Fa-f]{4})")]
    private static partial Regex Escapes();

    /// <summary>The product with its log beside it.</summary>
    private sealed class WatchedApp(ContractApp app, LogLines logs) : IAsyncDisposable
    {
        public ContractApp App => app;

        /// <summary>What was logged of requests of staff.</summary>
        public IReadOnlyList<string> Lines => [.. logs.All.Where(line => line.Contains(" of the staff", StringComparison.Ordinal))];

        public static async Task<WatchedApp> StartAsync()
        {
            var logs = new LogLines();
            return new WatchedApp(await ContractApp.StartAsync(configure: services =>
            {
                services.AddSingleton<ILoggerProvider>(logs);
                // On one machine nobody looks for who has looked.
                services.AddLogging(logging => logging.AddFilter("Rdv.Functions.Http.HttpInvocation", LogLevel.Information));
            }), logs);
        }

        public async Task<(Reply Reply, IReadOnlyList<string> Lines)> AskAsync(Func<Task<Reply>> ask)
        {
            var before = Lines.Count;
            var reply = await ask();
            return (reply, [.. Lines.Skip(before)]);
        }

        public async Task<JsonElement> BookAsync(string start)
        {
            var reply = await app.PostAsync("/api/appointments", app.Booking(start, Mobile, Name));
            reply.Status.ShouldBe(201, reply.Text);
            return reply.Json;
        }

        public async Task<(string Id, string Key)> WaitAsync()
        {
            var reply = await app.PostAsync(
                "/api/callback-requests", new { territory = "69", topic = ContractApp.Topic, insee = "69256", citizen = new { name = Waiting, phone = WaitingMobile } });
            reply.Status.ShouldBe(201, reply.Text);
            var id = reply.Json.GetProperty("id").GetString()!;
            WaitingId.TryParse(id, out var parsed).ShouldBeTrue();
            return (id, app.App.Services.GetRequiredService<Rdv.Appointments.Links>().KeyOf(parsed.Subject, 1));
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
