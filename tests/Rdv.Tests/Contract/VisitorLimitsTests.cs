using System.Globalization;
using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Rdv.Booking;
using Rdv.Functions.Http;
using Rdv.Ids;
using Rdv.Quotas;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>Whoever fills agendas under names and numbers that they make up is stopped, with whatever they come; ten people in a library are not.</summary>
public sealed class VisitorLimitsTests : IAsyncLifetime
{
    private const int Counted = 3;
    private const int Most = VisitorQuota.Uncounted + Counted;

    private ContractApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await ContractApp.StartAsync(configure: services => services.AddSingleton(
        new LimitSettings { ReadBurst = 10_000, WriteBurst = 10_000, MadePerDay = Counted }));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Invented_names_book_so_many_hours_a_day_from_one_place()
    {
        var replies = await BookAsync(Most + 4, "127.0.7.1");
        replies.Take(Most).ShouldAllBe(reply => reply.Status == 201);
        replies.Skip(Most).ShouldAllBe(reply => reply.Code == "too-many" && reply.Header("Retry-After") == "86400");

        // Nor is anyone called for them; the hotline at the same address, and the next address, go on.
        (await AskAsync("127.0.7.1")).Code.ShouldBe("too-many");
        (await _app.PostAsync("/api/hotline/appointments", _app.Booking(await _app.DrawStartAsync()), "hotline", "127.0.7.1")).Status.ShouldBe(201);
        (await BookAsync(1, "127.0.7.2"))[0].Status.ShouldBe(201);
    }

    /// <summary>The row holds as many as may be set: at one more, writing it would fail, and nobody of that place could book.</summary>
    [Fact]
    public async Task As_many_as_may_be_set_fit_into_a_row()
    {
        var (store, now) = (_app.App.Services.GetRequiredService<IQuotaStore>(), await _app.NowAsync());
        var key = new QuotaKey("made", 1, "test");
        var items = Enumerable.Range(0, VisitorQuota.MostPerDay).Select(number => new Taking(number.ToString("X16", CultureInfo.InvariantCulture), now, now + Duration.FromHours(24))).ToList();
        (await store.TryWriteAsync(new Takings(key, items, ETag: null), TestContext.Current.CancellationToken)).ShouldBeTrue();
        var row = (await _app.Table.GetEntityAsync<TableEntity>("quotas", "made|1|test", cancellationToken: TestContext.Current.CancellationToken)).Value;
        ((IDictionary<string, object>)row).Values.OfType<string>().Max(text => text.Length).ShouldBeLessThan(32 * 1024);
        (await store.ReadAsync(key, TestContext.Current.CancellationToken)).Items.Count.ShouldBe(VisitorQuota.MostPerDay);
    }

    [Fact]
    public async Task A_list_of_calls_is_not_flooded()
    {
        for (var i = 0; i < Most; i++)
        {
            (await AskAsync("127.0.7.3")).Status.ShouldBe(201);
        }

        (await AskAsync("127.0.7.3")).Code.ShouldBe("too-many");
        var page = await FormAsync("127.0.7.3");
        (page.Status, page.MediaType).ShouldBe((429, "text/html"));
        var told = WebUtility.HtmlDecode(page.Text);
        told.ShouldContain("Appelez-nous");
        told.ShouldContain("tel:");
    }

    [Fact]
    public async Task A_form_counts_as_a_program_does()
    {
        for (var i = 0; i < Most; i++)
        {
            (await FormAsync("127.0.7.4")).Status.ShouldBe(303);
        }

        (await FormAsync("127.0.7.4")).Status.ShouldBe(429);
        (await BookAsync(1, "127.0.7.4"))[0].Code.ShouldBe("too-many");
    }

    [Fact]
    public async Task All_at_once_are_no_more()
    {
        var starts = new List<string>();
        for (var i = 0; i < 16; i++)
        {
            starts.Add(await _app.DrawStartAsync());
        }

        var replies = await Task.WhenAll(starts.Select(start => _app.PostAsync("/api/appointments", _app.Booking(start), from: "127.0.7.5")));
        replies.Count(reply => reply.Status == 201).ShouldBeInRange(VisitorQuota.Uncounted, Most);
        replies.Where(reply => reply.Status != 201).ShouldAllBe(reply => reply.Code == "too-many" || reply.Code == "busy");
    }

    [Fact]
    public async Task What_was_refused_and_what_comes_twice_do_not_count()
    {
        (await BookAsync(VisitorQuota.Uncounted, "127.0.7.6")).ShouldAllBe(reply => reply.Status == 201);
        var taken = await _app.DrawStartAsync();
        for (var i = 0; i < Counted + 3; i++)
        {
            // The key of one that was booked, with another name: what was booked still counts.
            (await _app.PostAsync("/api/appointments", _app.Booking(taken), from: "127.0.7.6", idempotencyKey: "once")).Status.ShouldBe(i == 0 ? 201 : 409);
            (await _app.PostAsync("/api/appointments", _app.Booking(taken), from: "127.0.7.6")).Code.ShouldBe("slot-taken");
            (await _app.PostAsync("/api/appointments", new { territory = "69" }, from: "127.0.7.6")).Code.ShouldBe("invalid");
        }

        var (last, phone) = (await _app.DrawStartAsync(), _app.DrawPhone());
        for (var i = 0; i < Counted + 3; i++)
        {
            (await _app.PostAsync("/api/appointments", _app.Booking(last, phone), from: "127.0.7.6", idempotencyKey: "last")).Status.ShouldBe(i == 0 ? 201 : 200);
        }

        (await BookAsync(2, "127.0.7.6")).Select(reply => reply.Status).ShouldBe([201, 429]);
    }

    /// <summary>Who has a /48 has 65,536 addresses to count by, and books no more for it than a row holds.</summary>
    [Fact]
    public async Task A_site_that_draws_addresses_is_stopped_as_a_whole()
    {
        var store = _app.App.Services.GetRequiredService<IQuotaStore>();
        var (now, key) = (await _app.NowAsync(), _app.App.Services.GetRequiredService<Rdv.Appointments.Links>().MadeBy("2001:db8:7::/48"));
        var items = Enumerable.Range(0, VisitorQuota.MostPerDay - 2).Select(number => new Taking(number.ToString("X16", CultureInfo.InvariantCulture), now, now + Duration.FromHours(24))).ToList();
        (await store.TryWriteAsync(new Takings(key, items, ETag: null), TestContext.Current.CancellationToken)).ShouldBeTrue();
        var quota = ActivatorUtilities.CreateInstance<VisitorQuota>(_app.App.Services);
        var made = 0;
        for (var i = 0; i < VisitorQuota.UncountedOfSite + 6; i++)
        {
            var result = await quota.RunAsync(
                new Visitor($"2001:db8:7:{i:x}::/64", "2001:db8:7::/48", Counted), RequestIdentity.Of("test", $"{i}", ""), () => Task.FromResult<Result<int>>(i), TestContext.Current.CancellationToken);
            made += result.Refusal is null ? 1 : 0;
        }

        made.ShouldBe(VisitorQuota.UncountedOfSite + 2);
    }

    [Fact]
    public async Task The_count_is_not_forgotten_by_another_instance()
    {
        await BookAsync(Most, "127.0.7.7");
        var services = _app.App.Services;
        var other = ActivatorUtilities.CreateInstance<VisitorQuota>(services);
        for (var i = 1; i <= VisitorQuota.Uncounted + 2; i++)
        {
            var result = await other.RunAsync(
                new Visitor("127.0.7.7", Site: null, Counted), RequestIdentity.Of("test", null, ""), () => Task.FromResult<Result<int>>(i), TestContext.Current.CancellationToken);
            (result.Refusal is Refusal.TooMany).ShouldBe(i > VisitorQuota.Uncounted);
        }
    }

    private async Task<List<Reply>> BookAsync(int times, string from)
    {
        var replies = new List<Reply>();
        for (var i = 0; i < times; i++)
        {
            replies.Add(await _app.PostAsync("/api/appointments", _app.Booking(await _app.DrawStartAsync()), from: from));
        }

        return replies;
    }

    private Task<Reply> AskAsync(string from) => _app.PostAsync(
        "/api/callback-requests",
        new { territory = "69", topic = ContractApp.Topic, insee = "69256", citizen = new { name = "Odette Fictive", phone = _app.DrawPhone() } },
        from: from);

    private Task<Reply> FormAsync(string from) => _app.SendAsync(
        HttpMethod.Post,
        "/rappel",
        new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["commune"] = "69256",
            ["sujet"] = ContractApp.Topic,
            ["jeton"] = Guid.NewGuid().ToString("N"),
            ["citizen.name"] = "Odette Fictive",
            ["citizen.phone"] = _app.DrawPhone(),
        }),
        null,
        from);
}
