using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Testing;
using Rdv.Local.Clock;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Local;

public sealed class ClockTests(SampleApp app) : IClassFixture<SampleApp>
{
    [Theory]
    [InlineData("""{"now":"2020-01-01T00:00:00Z"}""")]
    [InlineData("""{"now":"2027-01-01T00:00:00"}""")]
    [InlineData("""{"now":"tomorrow"}""")]
    [InlineData("""{"now":"9999-12-31T23:59:59Z"}""")]
    [InlineData("""{"now":"\ud800"}""")]
    [InlineData("""{"now":12}""")]
    [InlineData("""{}""")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public async Task Backwards_or_malformed_is_invalid(string body)
    {
        var before = await NowAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await app.Client.PostAsync(new Uri("/dev/clock", UriKind.Relative), content, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        problem.GetProperty("code").GetString().ShouldBe("invalid");
        problem.GetProperty("errors").GetProperty("now")[0].GetString().ShouldNotBeNullOrEmpty();
        (await NowAsync() - before).ShouldBeLessThan(Duration.FromDays(1));
    }

    [Fact]
    public async Task The_form_of_the_page_moves_it_and_comes_back()
    {
        var before = await NowAsync();
        using var form = new FormUrlEncodedContent([new("step", "day")]);
        using var response = await app.Client.PostAsync(new Uri("/dev/forward", UriKind.Relative), form, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        response.Headers.Location!.ToString().ShouldBe("/dev#horloge");
        (await NowAsync() - before).ShouldBeGreaterThanOrEqualTo(Duration.FromHours(23));
    }

    [Fact]
    public async Task Concurrent_moves_are_taken_one_after_the_other()
    {
        var start = await NowAsync();
        var answers = await Task.WhenAll(Enumerable.Range(1, 10).Select(async day =>
        {
            using var response = await app.Client.PostAsJsonAsync(
                "/dev/clock", new { now = NodaTime.Text.InstantPattern.ExtendedIso.Format(start + Duration.FromDays(day)) }, TestContext.Current.CancellationToken);
            return response.StatusCode;
        }));
        answers.ShouldContain(HttpStatusCode.OK);
        answers.ShouldAllBe(status => status == HttpStatusCode.OK || status == HttpStatusCode.BadRequest);
        (await NowAsync() - start).ShouldBeGreaterThanOrEqualTo(Duration.FromDays(10));
    }

    [Fact]
    public void A_restart_keeps_what_it_was_moved_by()
    {
        using var directory = new TemporaryDirectory();
        var system = new FakeClock(Instant.FromUtc(2026, 11, 24, 8, 0));
        var path = directory.FileNamed("clock.json");
        new MovableClock(system, path).TryMoveTo(Instant.FromUtc(2026, 12, 1, 9, 0)).ShouldBeTrue();
        system.AdvanceMinutes(5);
        var clock = new MovableClock(system, path);
        clock.GetCurrentInstant().ShouldBe(Instant.FromUtc(2026, 12, 1, 9, 5));
        clock.TryMoveTo(Instant.FromUtc(2026, 12, 1, 9, 4)).ShouldBeFalse();
        clock.GetCurrentInstant().ShouldBe(Instant.FromUtc(2026, 12, 1, 9, 5));
    }

    private async Task<Instant> NowAsync()
    {
        var body = await app.Client.GetFromJsonAsync<JsonElement>("/dev/clock", TestContext.Current.CancellationToken);
        return NodaTime.Text.InstantPattern.ExtendedIso.Parse(body.GetProperty("now").GetString()!).Value;
    }
}
