using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>Sends every trigger what it does not expect: the answer is a problem, and never 500.</summary>
[Collection(SharedContractApp.Name)]
public sealed class BadInputTests(ContractApp app)
{
    private static readonly string[] Strange =
    [
        "%00", "%FF", "|", "9999-12-31", "-9998-01-01", "99999999999999999999", "%F0%9F%98%80", "'", "%2F", "..%2F..", "%5C", "%23", "%3F", "%0A", "%7F", "%C3%A9", "%ED%A0%80", "%25", "%22", "*", "~", "+", "-1",
        "0", "null", "[]", "%7B%7D", "2026-02-30", "1e9", "NaN", new string('a', 6000),
    ];

    private static readonly (string Name, byte[] Bytes)[] Bodies =
    [
        ("nothing", []),
        ("spaces", "  \n"u8.ToArray()),
        ("cut", "{ \"territory\": \"69\", "u8.ToArray()),
        ("not JSON", "territory=69&topic=premiers-pas"u8.ToArray()),
        ("a null", "null"u8.ToArray()),
        ("an array", "[]"u8.ToArray()),
        ("a number", "12"u8.ToArray()),
        ("a string", "\"69\""u8.ToArray()),
        ("a second value", "{}{}"u8.ToArray()),
        ("a comment", "{ /* */ }"u8.ToArray()),
        ("a trailing comma", "{ \"territory\": \"69\", }"u8.ToArray()),
        ("wrong types", """{ "territory": 69, "topic": {}, "start": [], "placeId": true, "advisorId": 1.5, "hold": {}, "insee": {}, "citizen": [], "helper": "x", "note": 1, "key": 1, "reason": {}, "version": "1", "phone": 639981234, "reference": [], "date": 1, "name": {}, "outcome": 1 }"""u8.ToArray()),
        ("numbers for the rest", """{ "version": 1e400, "citizen": { "reminderTwoHours": "yes" }, "helper": { "consent": 1 }, "key": 1, "phone": 1, "outcome": 1, "territory": 1, "reason": 1, "placeId": 1 }"""u8.ToArray()),
        ("invalid UTF-8", [.. "{ \"territory\": \""u8, 0xFF, 0xC3, 0x28, .. "\", \"key\": \""u8, 0xFF, .. "\", \"phone\": \""u8, 0xFF, .. "\", \"outcome\": \""u8, 0xFF, .. "\" }"u8]),
        ("invalid UTF-8 in a name", [.. "{ \""u8, 0xFF, .. "\": 1 }"u8]),
        ("a lone surrogate", """{ "territory": "\ud800", "key": "\ud800", "phone": "\udfff", "outcome": "\ud800", "reason": "\ud800", "placeId": "\ud800" }"""u8.ToArray()),
        ("UTF-16", Encoding.Unicode.GetBytes("{ \"territory\": \"69\" }")),
        ("deep", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000))),
        ("deep in a field", Encoding.UTF8.GetBytes("{ \"citizen\": " + new string('[', 2000) + new string(']', 2000) + ", \"key\": [[]], \"phone\": [[]], \"outcome\": [[]] }")),
        ("64 KB and one", [.. "{ \"note\": \""u8, .. Enumerable.Repeat((byte)'a', (64 * 1024) + 1 - 14), .. "\" }"u8]),
    ];

    private static readonly string[] Fields = ["commune", "sujet", "creneau", "jeton", "demande", "nom", "telephone", "departement", "territoire", "version", "persona"];

    [Fact]
    public async Task A_body_that_is_not_what_it_should_be_is_invalid()
    {
        var values = await ValuesAsync();
        Bodies[^1].Bytes.Length.ShouldBe((64 * 1024) + 1);
        var wrong = new List<string>();
        // Sending the last message again, and asking for an earlier time, read no body.
        foreach (var trigger in Triggers.Http.Where(trigger => trigger.Method is "POST" or "PUT" && trigger.Name is not ("HotlineResend" or "HotlineEarlier") && trigger.Route.StartsWith("api/", StringComparison.Ordinal)))
        {
            // Opening hours are an array, and so are events: an empty one is no mistake.
            foreach (var (name, bytes) in Bodies.Where(body => (trigger.Name, body.Name) is not ("PutOpeningHours" or "SmsEvents", "an array")))
            {
                var reply = await app.SendAsync(
                    new HttpMethod(trigger.Method), values.AddressOf(trigger.Route), ContractApp.Content(bytes), RouteValues.PersonaFor(trigger));
                if ((reply.Status, reply.Code) != (400, "invalid"))
                {
                    wrong.Add($"{trigger.Method} {trigger.Route}, {name}: {reply}");
                }
            }
        }

        wrong.Order().Take(20).ShouldBeEmpty();
    }

    /// <summary>An advisor's agenda, the hotline, a citizen: each door that takes an hour.</summary>
    [Theory]
    [InlineData("2026-12-01T14:00")]
    [InlineData("1er décembre à 14 h")]
    [InlineData("2026-12-01 14:00+01:00")]
    [InlineData("2026-02-30T14:00:00+01:00")]
    [InlineData("")]
    public async Task An_hour_that_cannot_be_read_is_told_as_it_was_written_at_every_door(string start)
    {
        var values = await ValuesAsync();
        var doors = Triggers.Http.Where(trigger => trigger.Method is "POST" && Starting.Contains(trigger.Name)).ToList();
        doors.Count.ShouldBe(Starting.Length);
        foreach (var trigger in doors)
        {
            var reply = await app.PostAsync(
                values.AddressOf(trigger.Route), new { territory = "69", topic = "premiers-pas", start, placeId = ContractApp.Structure, key = "0123456789ABC" }, RouteValues.PersonaFor(trigger));
            (reply.Status, reply.Code).ShouldBe((400, "invalid"), $"{trigger.Route}: {reply}");
            var told = reply.Json.GetProperty("errors").GetProperty("start")[0].GetString()!;
            told.ShouldContain($"« {start} »");
            told.ShouldContain("2026-12-01T14:00:00+01:00");
        }
    }

    private static readonly string[] Starting =
    [
        "BookAppointment", "PlaceHold", "MoveAppointment", "HotlineBook", "HotlineMove", "AdvisorBook", "PlanWorkshop", "MoveWorkshop", "ClaimOffer",
    ];

    [Fact]
    public async Task A_form_that_is_not_what_it_should_be_is_a_page_and_never_500()
    {
        var values = await ValuesAsync();
        var wrong = new List<string>();
        var forms = Triggers.Http.Where(trigger => trigger.Method == "POST" && !trigger.Route.StartsWith("api/", StringComparison.Ordinal)).ToList();
        forms.Count.ShouldBeGreaterThan(2);
        (string Name, string Type, byte[] Bytes)[] bodies =
        [
            .. Bodies.Select(body => (body.Name, "application/x-www-form-urlencoded", body.Bytes)),
            ("strange values", "application/x-www-form-urlencoded", Encoding.UTF8.GetBytes(string.Join(
                '&', Fields.Select((field, i) => $"{field}={Strange[i]}")))),
            ("an hour out of range", "application/x-www-form-urlencoded", "commune=69256&sujet=premiers-pas&creneau=9999-12-31T23%3A30%40mediatheque-des-cerisiers&jeton=x"u8.ToArray()),
            ("an hour at the beginning of time", "application/x-www-form-urlencoded", "commune=69256&sujet=premiers-pas&creneau=-9998-01-01T00%3A00%40mediatheque-des-cerisiers&jeton=x"u8.ToArray()),
            ("twice the same field", "application/x-www-form-urlencoded", "commune=69256&commune=69256&sujet=&sujet="u8.ToArray()),
            ("too many fields", "application/x-www-form-urlencoded", Encoding.UTF8.GetBytes(string.Join('&', Enumerable.Range(0, 3000).Select(i => $"f{i}={i}")))),
            ("a file", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"commune\"\r\n\r\n69256\r\n--x--\r\n"u8.ToArray()),
            ("a file that broke off", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"a.csv\"\r\n\r\nid,nom"u8.ToArray()),
            ("a file without an end", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name="u8.ToArray()),
            ("no boundary", "multipart/form-data", "--x\r\nContent-Disposition: form-data; name=\"fichier\"\r\n\r\n1\r\n--x--\r\n"u8.ToArray()),
            ("too much of one field", "multipart/form-data; boundary=x", Encoding.UTF8.GetBytes("--x\r\nContent-Disposition: form-data; name=\"quoi\"\r\n" + string.Concat(Enumerable.Repeat("X-A: b\r\n", 2000)) + "\r\n1\r\n--x--\r\n")),
            ("no such type", "no/such; charset=nothing", "x"u8.ToArray()),
        ];
        foreach (var trigger in forms)
        {
            foreach (var (name, type, bytes) in bodies)
            {
                var reply = await app.SendAsync(
                    HttpMethod.Post, values.AddressOf(trigger.Route), ContractApp.Content(bytes, type), "admin");
                if (reply.Status >= 500 || (reply.Status >= 400 && reply.MediaType != "text/html"))
                {
                    wrong.Add($"{trigger.Route}, {name}: {reply.Status} {reply.MediaType}");
                }
            }
        }

        wrong.Order().Take(20).ShouldBeEmpty();
    }

    [Fact]
    public async Task Strange_values_in_an_address_are_never_500()
    {
        var values = await ValuesAsync();
        var wrong = new ConcurrentBag<string>();
        var addresses =
            from trigger in Triggers.Http
            from strange in Strange
            let real = values.AddressOf(trigger.Route)
            from address in (string[])
            [
                Triggers.Fill(trigger.Route, _ => strange),
                real + "?" + string.Join('&', Queries.Select(name => $"{name}={strange}")),
                // One at a time beside values that are right, where these lead further.
                .. trigger.Method == "GET" && Strange.AsSpan(0, 8).Contains(strange)
                    ? Queries.Select(name => $"{real}?topic=premiers-pas&commune=69256&sujet=premiers-pas&{name}={strange}".Replace("topic=premiers-pas&topic=", "topic=", StringComparison.Ordinal))
                    : [],
            ]
            select (trigger.Method, Persona: RouteValues.PersonaFor(trigger), Address: address.Length > 7000 ? address[..7000] : address);
        await Parallel.ForEachAsync(addresses, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (call, _) =>
        {
            var reply = await app.SendAsync(new HttpMethod(call.Method), call.Address, call.Method is "POST" or "PUT" ? ContractApp.Content("{}") : null, call.Persona);
            if (reply.Status >= 500)
            {
                wrong.Add($"{call.Method} {call.Address}: {reply}");
            }
        });
        wrong.Order().Take(20).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_dates_at_both_ends_of_time_are_never_500()
    {
        string[] days = ["9999-12-31", "9999-12-01", "-9998-01-01", "0001-01-01", "9999-01-01"];
        foreach (var from in days)
        {
            foreach (var to in days.Append(""))
            {
                (await app.GetAsync($"/api/structures/69/{ContractApp.Structure}/load?from={from}&to={to}", "admin")).Status.ShouldBeOneOf(200, 400);
            }

            (await app.PostAsync("/api/hotline/search", new { territory = "69", date = from, name = "odette" }, "hotline")).Status.ShouldBeOneOf(200, 400);
        }
    }

    [Fact]
    public async Task A_wrong_verb_or_address_is_404()
    {
        (await app.SendAsync(HttpMethod.Put, "/api/appointments", ContractApp.Content("{}"))).Status.ShouldBe(404);
        (await app.SendAsync(HttpMethod.Delete, "/api/topics")).Status.ShouldBe(404);
        (await app.GetAsync("/api/nothing")).Status.ShouldBe(404);
        (await app.GetAsync("/api/hotline/search", "hotline")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("POST /api/appointments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{ \"territory\"")]
    [InlineData("POST /api/appointments HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("GET /api/topics HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("GET /api/communes?q=\u0001 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /r/69-K7Q2-9XM4/%00 HTTP/1.1\r\nHost: x\r\n\r\n")]
    public async Task Broken_HTTP_is_never_500(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", app.App.BaseUrl.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        string? line;
        try
        {
            line = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // The server hung up on what is no request.
            line = null;
        }

        (line is null || !line.StartsWith("HTTP/1.1 5", StringComparison.Ordinal)).ShouldBeTrue(line);
    }

    private static readonly string[] Queries =
        ["q", "topic", "from", "days", "structure", "place", "advisor", "insee", "key", "to", "format", "until", "territory", "dryRun", "commune", "sujet", "demande", "du", "au", "departement", "lieux", "nouveau", "annule"];

    /// <summary>Values of route parameters that exist, so that what follows them is reached.</summary>
    private async Task<RouteValues> ValuesAsync() => RouteValues.Of(
        await app.BookAsync(), app.App.Services.GetRequiredService<Rdv.Invites.FeedTokens>(), await app.AskToBeCalledAsync());
}
