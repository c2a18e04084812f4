using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rdv.Messages;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>Delivery reports as Event Grid posts them, and what staff see of them.</summary>
public sealed class SmsEventsTests : IAsyncLifetime
{
    private const string Endpoint = "/api/events/sms";
    private const string ReportReceived = "Microsoft.Communication.SMSDeliveryReportReceived";

    private readonly Gateway _gateway = new();
    private ContractApp _app = null!;

    public async ValueTask InitializeAsync() =>
        _app = await ContractApp.StartAsync(configure: services => services.AddSingleton<ISmsGateway>(_gateway));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Both_casings_and_both_schemas_are_taken()
    {
        var bodies = new Func<string, string, string>[]
        {
            (tag, status) => $$$"""[{"id":"1","topic":"t","subject":"s","eventType":"{{{ReportReceived}}}","eventTime":"2026-11-24T08:00:05Z","data":{"messageId":"Outgoing_1","from":"RDV","to":"+33639980000","deliveryStatus":"{{{status}}}","deliveryStatusDetails":"No error.","deliveryAttempts":[],"tag":"{{{tag}}}"}}]""",
            (tag, status) => $$$"""[{"Id":"1","EventType":"{{{ReportReceived}}}","Data":{"MessageId":"Outgoing_1","DeliveryStatus":"{{{status}}}","DeliveryStatusDetails":"x","Tag":"{{{tag}}}"}}]""",
            (tag, status) => $$$"""{"specversion":"1.0","id":"1","source":"s","type":"{{{ReportReceived}}}","time":"2026-11-24T08:00:05Z","data":{"messageId":"Outgoing_1","deliveryStatus":"{{{status}}}","tag":"{{{tag}}}"}}""",
            (tag, status) => $$$"""[{"specversion":"1.0","id":"0","source":"s","type":"Other","data":{}},{"specversion":"1.0","id":"1","source":"s","type":"{{{ReportReceived}}}","data":{"messageId":"Outgoing_1","deliveryStatus":"{{{status}}}","tag":"{{{tag}}}"}}]""",
        };
        foreach (var body in bodies)
        {
            foreach (var (status, state) in new[] { ("Delivered", "delivered"), ("Failed", "failed") })
            {
                var (reference, tag) = await SentAsync();
                (await PostAsync(body(tag, status), body == bodies[2] ? "application/cloudevents+json; charset=utf-8" : "application/json")).Status.ShouldBe(200);
                (await StatesAsync(reference)).ShouldBe([("confirmation", state)]);
                (await CallsAsync(reference)).ShouldBe(state == "failed" ? ["undelivered"] : []);
            }
        }
    }

    [Fact]
    public async Task A_report_that_comes_again_or_in_disorder_changes_nothing_more()
    {
        var (reference, tag) = await SentAsync();
        for (var i = 0; i < 3; i++)
        {
            (await PostAsync(Report(tag, "Failed"))).Status.ShouldBe(200);
        }

        (await CallsAsync(reference)).ShouldBe(["undelivered"]);
        (await PostAsync(Report(tag, "Delivered"))).Status.ShouldBe(200);
        (await PostAsync(Report(tag, "Failed"))).Status.ShouldBe(200);
        (await StatesAsync(reference)).ShouldBe([("confirmation", "delivered")]);
        (await CallsAsync(reference)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_handshakes_are_answered()
    {
        var validation = await PostAsync("""[{"id":"1","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"validationCode":"512d38b6","validationUrl":"https://rp.example"}}]""");
        AnswersTests.Described(validation, "POST", Endpoint, 200).GetProperty("validationResponse").GetString().ShouldBe("512d38b6");
        (await PostAsync("""[{"Id":"1","EventType":"Microsoft.EventGrid.SubscriptionValidationEvent","Data":{"ValidationCode":"é-1"}}]"""))
            .Json.GetProperty("validationResponse").GetString().ShouldBe("é-1");
        (await PostAsync("""[{"id":"1","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{}}]""")).Code.ShouldBe("invalid");

        var wanted = await _app.SendAsync(HttpMethod.Options, Endpoint, null, null, null, ("WebHook-Request-Origin", "eventgrid.azure.net"), ("WebHook-Request-Rate", "120"));
        wanted.Status.ShouldBe(200);
        wanted.Header("WebHook-Allowed-Origin").ShouldBe("eventgrid.azure.net");
        wanted.Header("WebHook-Allowed-Rate").ShouldNotBeNull();
        AnswersTests.Described(await _app.SendAsync(HttpMethod.Options, Endpoint), "OPTIONS", Endpoint, 400);
        (await _app.SendAsync(HttpMethod.Options, Endpoint, null, null, null, ("WebHook-Request-Origin", "<a b>"))).Status.ShouldBe(400);
        (await _app.SendAsync(HttpMethod.Get, Endpoint)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task What_is_not_ours_is_taken_and_changes_nothing()
    {
        var (reference, tag) = await SentAsync();
        foreach (var body in new[]
        {
            "[]",
            """[{"eventType":"Microsoft.Communication.SMSReceived","data":{"message":"STOP","from":"+33639980000"}}]""",
            $$$"""[{"eventType":"{{{ReportReceived}}}"}]""",
            $$$"""[{"eventType":"{{{ReportReceived}}}","data":[]}]""",
            $$$"""[{"eventType":"{{{ReportReceived}}}","data":{"messageId":7,"deliveryStatus":{},"tag":["{{{tag}}}"]}}]""",
            Report(tag, "Expired"),
            Report(tag, "Failed").Replace("Outgoing_1", "Outgoing_9", StringComparison.Ordinal),
            Report("reminder", "Failed"),
            Report(tag.Replace("|1", "|9", StringComparison.Ordinal), "Failed"),
            Report("\\ud800", "Failed"),
            $$$"""[{"\ud800":1,"eventType":"{{{ReportReceived}}}","data":{"\udfff":1}}]""",
        })
        {
            var reply = await PostAsync(body);
            reply.Status.ShouldBe(200, body + reply);
            reply.Bytes.ShouldBeEmpty();
        }

        (await StatesAsync(reference)).ShouldBe([("confirmation", "sent")]);
        (await CallsAsync(reference)).ShouldBeEmpty();

        // A bad one beside a good one does not take it along.
        (await PostAsync($$$"""[7,{"eventType":"{{{ReportReceived}}}","data":null},{{{Report(tag, "Delivered")[1..^1]}}},{"id":1}]""")).Status.ShouldBe(200);
        (await StatesAsync(reference)).ShouldBe([("confirmation", "delivered")]);
    }

    [Fact]
    public async Task What_is_no_event_is_invalid()
    {
        foreach (var body in new[] { "", "{", "[{]", "null", "7", "\"x\"", "{}", "[[]]", "[{\"id\":1}]", "[{\"eventType\":7}]" })
        {
            AnswersTests.Described(await PostAsync(body), "POST", Endpoint, 400);
        }

        (await PostAsync($$$"""[{"eventType":"Other","data":"{{{new string('a', 1024 * 1024)}}}"}]""")).Code.ShouldBe("invalid");
        (await PostAsync($$$"""[{"eventType":"Other","data":"{{{new string('a', 900 * 1024)}}}"}]""")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Staff_see_the_message_that_is_sent_again()
    {
        var (reference, tag) = await SentAsync();
        await PostAsync(Report(tag, "Failed"));
        var path = "/api/hotline/appointments/{reference}/resend";
        var resent = AnswersTests.Described(
            await _app.SendAsync(HttpMethod.Post, $"/api/hotline/appointments/{reference}/resend", null, "hotline"), "POST", path, 200);
        resent.GetProperty("messages").EnumerateArray().Where(IsSms).Select(message => (message.GetProperty("kind").GetString(), message.GetProperty("state").GetString()))
            .ShouldBe([("confirmation", "failed"), ("confirmation", "due")]);
        var again = await _app.PostAsync($"/api/hotline/appointments/{reference}/resend", new { }, "hotline");
        AnswersTests.Described(again, "POST", path, 429);
        again.Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 120);

        await _app.RunTimerAsync("SendSms");
        (await StatesAsync(reference)).ShouldBe([("confirmation", "failed"), ("confirmation", "sent")]);
        await PostAsync(Report(_gateway.Tags.Single(other => other != tag && other.Contains(Code(reference), StringComparison.Ordinal)), "Delivered"));
        (await StatesAsync(reference)).ShouldBe([("confirmation", "failed"), ("confirmation", "delivered")]);
        (await CallsAsync(reference)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_button_of_the_hotline_sends_again_by_post_only()
    {
        var (reference, _) = await SentAsync();
        var page = await _app.GetAsync($"/hotline/rendez-vous/{reference}", "hotline");
        page.Text.ShouldContain($"action=\"/hotline/rendez-vous/{reference}/renvoyer\"");
        var posted = await PressAsync(reference);
        posted.Status.ShouldBe(303);
        posted.Header("Location").ShouldBe($"/hotline/rendez-vous/{reference}?renvoye=1");
        (await _app.GetAsync(posted.Header("Location")!, "hotline")).Text.ShouldContain("Le SMS part de nouveau");
        (await PressAsync(reference)).Header("Location").ShouldBe($"/hotline/rendez-vous/{reference}?renvoye=deja");
        (await _app.GetAsync($"/hotline/rendez-vous/{reference}?renvoye=deja", "hotline")).Text.ShouldContain("attendez deux minutes");
        (await _app.SendAsync(
            HttpMethod.Post, $"/hotline/rendez-vous/{reference}/renvoyer", ContractApp.Content("", "application/x-www-form-urlencoded"), "hotline", null, ("Origin", "https://elsewhere.example")))
            .Status.ShouldBe(400);
        (await _app.GetAsync($"/hotline/rendez-vous/{reference}/renvoyer", "hotline")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Operations_pause_a_channel_and_health_tells()
    {
        AnswersTests.Described(await PauseAsync("""{ "sms": "paused" }"""), "PUT", "/api/admin/dispatch", 200).GetProperty("sms").GetString().ShouldBe("paused");
        var booked = await _app.BookAsync();
        await _app.RunTimerAsync("SendSms");
        _gateway.Tags.ShouldBeEmpty();
        var health = AnswersTests.Described(await _app.GetAsync("/api/health"), "GET", "/api/health", 200);
        (health.GetProperty("sms").GetString(), health.GetProperty("mail").GetString()).ShouldBe(("paused", "running"));
        var read = AnswersTests.Described(await _app.GetAsync("/api/admin/dispatch", "admin"), "GET", "/api/admin/dispatch", 200);
        read.GetProperty("smsPausedAt").GetString().ShouldNotBeNull();
        foreach (var body in new[] { "{}", """{ "sms": "stopped" }""", """{ "sms": "paused", "mail": "" }""", """{ "sms": true }""" })
        {
            AnswersTests.Described(await PauseAsync(body), "PUT", "/api/admin/dispatch", 400);
        }

        // Paused twice, it has been paused since the first time.
        (await PauseAsync("""{ "sms": "paused", "mail": "running" }""")).Json.GetProperty("smsPausedAt").GetString().ShouldBe(read.GetProperty("smsPausedAt").GetString());
        await PauseAsync("""{ "sms": "running" }""");
        await _app.RunTimerAsync("SendSms");
        _gateway.Tags.ShouldHaveSingleItem().ShouldContain(Code(booked.GetProperty("reference").GetString()!));
        (await _app.GetAsync("/api/admin/dispatch", "admin")).Json.GetProperty("smsToday").GetInt32().ShouldBe(1);
    }

    private static string Report(string tag, string status) =>
        $$$"""[{"id":"1","eventType":"{{{ReportReceived}}}","data":{"messageId":"Outgoing_1","to":"+33639980000","deliveryStatus":"{{{status}}}","deliveryStatusDetails":"Blocked for +33639980000, 4010","tag":"{{{tag}}}"}}]""";

    private static string Code(string reference) => reference[3..].Replace("-", "", StringComparison.Ordinal);

    private static bool IsSms(JsonElement message) => message.GetProperty("kind").GetString() is "confirmation";

    private Task<Reply> PostAsync(string body, string mediaType = "application/json") =>
        _app.SendAsync(HttpMethod.Post, Endpoint, ContractApp.Content(Encoding.UTF8.GetBytes(body), mediaType));

    private Task<Reply> PauseAsync(string body) => _app.SendAsync(HttpMethod.Put, "/api/admin/dispatch", ContractApp.Content(body), "admin");

    private Task<Reply> PressAsync(string reference) => _app.SendAsync(
        HttpMethod.Post, $"/hotline/rendez-vous/{reference}/renvoyer", ContractApp.Content("", "application/x-www-form-urlencoded"), "hotline");

    /// <summary>A booking whose confirmation has left.</summary>
    private async Task<(string Reference, string Tag)> SentAsync()
    {
        var reference = (await _app.BookAsync()).GetProperty("reference").GetString()!;
        await _app.RunTimerAsync("SendSms");
        return (reference, _gateway.Tags.Single(tag => tag.Contains($"|{Code(reference)}|", StringComparison.Ordinal)));
    }

    private async Task<List<(string? Kind, string? State)>> StatesAsync(string reference)
    {
        var found = await _app.PostAsync("/api/hotline/search", new { reference }, "hotline");
        return [.. AnswersTests.Described(found, "POST", "/api/hotline/search", 200).GetProperty("appointments")[0].GetProperty("messages").EnumerateArray()
            .Where(IsSms).Select(message => (message.GetProperty("kind").GetString(), message.GetProperty("state").GetString()))];
    }

    private async Task<List<string?>> CallsAsync(string reference) =>
        [.. (await _app.GetAsync("/api/hotline/callbacks?territory=69&until=2100-01-01T00:00:00Z", "hotline")).Json.EnumerateArray()
            .Where(call => call.GetProperty("reference").GetString() == reference)
            .Select(call => call.GetProperty("reason").GetString())];

    private sealed class Gateway : ISmsGateway
    {
        public ConcurrentQueue<string> Tags { get; } = new();

        public Task<SendResult> SendAsync(OutgoingSms sms, CancellationToken cancellationToken)
        {
            Tags.Enqueue(sms.Tag.ToString());
            return Task.FromResult<SendResult>(new SendResult.Sent("Outgoing_1"));
        }
    }
}
