using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Http;
using Rdv.Azure.Calendars;
using Rdv.Calendars;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Calendars;

/// <summary>An address comes from outside: where it may lead, and how much of it is taken.</summary>
public sealed class HttpCalendarSourceTests : IAsyncLifetime
{
    private CalendarServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await CalendarServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("10.0.0.1", false)]
    [InlineData("10.255.255.255", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.9.9.9", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("169.254.169.254", false)] // what a cloud tells a machine about itself
    [InlineData("168.63.129.16", false)] // Azure's own, in what is public
    [InlineData("100.64.0.1", false)]
    [InlineData("100.128.0.1", true)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:142.250.74.46", true)]
    [InlineData("64:ff9b::a00:1", false)] // translated to 10.0.0.1
    [InlineData("2002:a00:1::1", false)] // a tunnel to 10.0.0.1
    [InlineData("2001:0:a00:1::1", false)]
    [InlineData("2a00:1450:4007:80f::200e", true)]
    [InlineData("142.250.74.46", true)]
    public void Only_what_anybody_can_reach_is_public(string address, bool isPublic) => PublicAddresses.Contains(IPAddress.Parse(address)).ShouldBe(isPublic);

    [Theory]
    [InlineData("https://127.0.0.1/a.ics")]
    [InlineData("https://[::1]/a.ics")]
    [InlineData("https://[::ffff:127.0.0.1]/a.ics")]
    [InlineData("https://2130706433/a.ics")]
    [InlineData("https://localhost/a.ics")] // a name that leads here
    [InlineData("https://10.0.0.1/a.ics")]
    [InlineData("https://169.254.169.254/metadata/instance")]
    [InlineData("https://example.org:8443/a.ics")]
    [InlineData("https://example.org:22/a.ics")]
    [InlineData("https://camille:secret@example.org/a.ics")]
    public async Task The_product_goes_to_no_private_network_and_to_no_other_port(string address) =>
        (await ReadAsync(address, CalendarNetwork.Public)).ShouldBe(new CalendarAnswer.Failed(CalendarFault.PrivateAddress));

    [Theory]
    [InlineData("http://example.org/a.ics")]
    [InlineData("ftp://example.org/a.ics")]
    [InlineData("file:///etc/passwd")]
    public async Task Nothing_is_read_that_is_not_protected(string address) =>
        (await ReadAsync(address, CalendarNetwork.Public)).ShouldBe(new CalendarAnswer.Failed(CalendarFault.NotHttps));

    [Fact]
    public async Task Where_a_server_sends_us_on_to_is_looked_at_as_well()
    {
        // This machine under one of its names only: the other stands for what is private.
        var network = _server.Network with { Allows = address => address.Equals(IPAddress.Loopback) };
        foreach (var (location, fault) in new[]
        {
            ("https://127.0.0.2/a.ics", CalendarFault.PrivateAddress),
            ("https://[::1]/a.ics", CalendarFault.PrivateAddress),
            ("https://10.0.0.1/latest", CalendarFault.PrivateAddress),
            ("http://127.0.0.1/a.ics", CalendarFault.NotHttps),
            ("file:///etc/passwd", CalendarFault.NotHttps),
            ($"https://a:b@127.0.0.1:{_server.Port}/a.ics", CalendarFault.PrivateAddress),
            ("/again", CalendarFault.NoAnswer), // for ever
        })
        {
            _server.Answer = context =>
            {
                context.Response.StatusCode = StatusCodes.Status302Found;
                context.Response.Headers.Location = location;
                return Task.CompletedTask;
            };
            (await ReadAsync(_server.Address, network)).ShouldBe(new CalendarAnswer.Failed(fault), location);
        }

        _server.Asked.Count.ShouldBeLessThan(20);
    }

    [Fact]
    public async Task A_calendar_is_read_where_it_has_moved_to()
    {
        _server.Answer = context =>
        {
            if (context.Request.Path == "/moved.ics")
            {
                return context.Response.WriteAsync(_server.Calendar);
            }

            context.Response.Redirect("/moved.ics");
            return Task.CompletedTask;
        };
        (await ReadAsync(_server.Address.Replace("https:", "webcal:", StringComparison.Ordinal), _server.Network)).ShouldBeOfType<CalendarAnswer.Read>().Text.ShouldBe(_server.Calendar);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_read_again()
    {
        var read = (await ReadAsync(_server.Address, _server.Network)).ShouldBeOfType<CalendarAnswer.Read>();
        (await ReadAsync(_server.Address, _server.Network, read.State)).ShouldBe(new CalendarAnswer.NotChanged());
        (await ReadAsync(_server.Address, _server.Network, read.State with { ETag = "\"old\"" })).ShouldBeOfType<CalendarAnswer.Read>();
    }

    [Theory]
    [InlineData(401, "", CalendarFault.NeedsLogin)]
    [InlineData(403, "", CalendarFault.NeedsLogin)]
    [InlineData(404, "", CalendarFault.NotFound)]
    [InlineData(410, "", CalendarFault.NotFound)]
    [InlineData(304, "", CalendarFault.NoAnswer)]
    [InlineData(500, "BEGIN:VCALENDAR", CalendarFault.NoAnswer)]
    [InlineData(429, "", CalendarFault.NoAnswer)]
    [InlineData(200, "<!doctype html><title>Connectez-vous</title>", CalendarFault.WebPage)]
    [InlineData(200, "{ \"error\": 1 }", CalendarFault.NotACalendar)]
    [InlineData(200, "", CalendarFault.NotACalendar)]
    public async Task What_is_wrong_has_a_name(int status, string body, CalendarFault fault)
    {
        _server.Answer = context =>
        {
            context.Response.StatusCode = status;
            return body.Length > 0 ? context.Response.WriteAsync(body) : Task.CompletedTask;
        };
        (await ReadAsync(_server.Address, _server.Network)).ShouldBe(new CalendarAnswer.Failed(fault));
    }

    [Fact]
    public async Task A_body_without_end_and_one_that_unpacks_to_too_much_are_given_up()
    {
        var line = new byte[64 * 1024];
        Array.Fill(line, (byte)'a');
        _server.Answer = async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(line, context.RequestAborted);
            }
        };
        (await ReadAsync(_server.Address, _server.Network)).ShouldBe(new CalendarAnswer.Failed(CalendarFault.TooLarge));

        // A gigabyte, as a megabyte.
        _server.Answer = async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var packed = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            for (var written = 0; written < 16 * 1024 && !context.RequestAborted.IsCancellationRequested; written++)
            {
                await packed.WriteAsync(line, context.RequestAborted);
            }
        };
        (await ReadAsync(_server.Address, _server.Network)).ShouldBe(new CalendarAnswer.Failed(CalendarFault.TooLarge));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_takes_its_time_is_given_up(bool begins)
    {
        _server.Answer = async context =>
        {
            while (begins && !context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync("BEGIN:VCALENDAR\r\n", context.RequestAborted);
                await Task.Delay(50, context.RequestAborted);
            }

            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        (await ReadAsync(_server.Address, _server.Network with { Patience = TimeSpan.FromSeconds(1) })).ShouldBe(new CalendarAnswer.Failed(CalendarFault.NoAnswer));
    }

    [Fact]
    public async Task A_certificate_that_nobody_has_signed_is_not_believed() =>
        (await ReadAsync(_server.Address, _server.Network with { Trust = null })).ShouldBe(new CalendarAnswer.Failed(CalendarFault.NoAnswer));

    [Fact]
    public async Task Nothing_of_ours_goes_along()
    {
        var headers = "";
        _server.Answer = context =>
        {
            headers = string.Join(' ', context.Request.Headers.Select(header => header.Key));
            context.Response.Cookies.Append("who", "camille");
            return context.Response.WriteAsync(_server.Calendar);
        };
        using var activity = new System.Diagnostics.Activity("reading").Start();
        using var source = new HttpCalendarSource(_server.Network, TimeProvider.System);
        for (var i = 0; i < 2; i++)
        {
            (await source.ReadAsync(new Uri(_server.Address), null, TestContext.Current.CancellationToken)).ShouldBeOfType<CalendarAnswer.Read>();
            headers.Split(' ').ShouldBe(["Accept", "Host", "User-Agent", "Accept-Encoding"], ignoreOrder: true);
        }
    }

    private static async Task<CalendarAnswer> ReadAsync(string address, CalendarNetwork network, CalendarState? known = null)
    {
        using var source = new HttpCalendarSource(network, TimeProvider.System);
        return await source.ReadAsync(new Uri(address), known, TestContext.Current.CancellationToken);
    }
}
