using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Rdv.Functions.Operations;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>Storage that does not answer: <c>busy</c> for a program, a page for people, and health says so.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task Without_storage_everything_is_busy_and_nothing_is_500()
    {
        var outage = new Outage();
        var options = new TableClientOptions { Retry = { MaxRetries = 0 } };
        options.AddPolicy(outage, HttpPipelinePosition.PerCall);
        var time = new SteppedTime();
        await using var app = await ContractApp.StartAsync(configure: services => services.AddSingleton(options).AddSingleton<TimeProvider>(time));
        var appointment = await app.BookAsync();
        var start = await app.DrawStartAsync();
        var values = RouteValues.Of(appointment, app.App.Services.GetRequiredService<Rdv.Invites.FeedTokens>(), await app.AskToBeCalledAsync());
        outage.On = true;

        var health = await app.GetAsync("/api/health");
        AnswersTests.Described(health, "GET", "/api/health", 503).GetProperty("storage").GetString().ShouldBe("unavailable");

        foreach (var trigger in Triggers.Http.Where(trigger => trigger.Route is not "api/health"))
        {
            var address = values.AddressOf(trigger.Route)
                + $"?topic=premiers-pas&commune=69256&sujet=premiers-pas&key={values["key"]}&territory=69";
            var body = System.Text.Json.JsonSerializer.Serialize(new
            {
                territory = "69",
                topic = ContractApp.Topic,
                start,
                placeId = ContractApp.Place,
                citizen = new { name = "Odette Fictive", phone = "06 39 98 12 34" },
                key = values["key"],
                phone = "06 39 98 12 34",
                outcome = "done",
            });
            var form = $"commune=69256&sujet=premiers-pas&creneau={Uri.EscapeDataString(start[..16] + "|" + ContractApp.Place)}";
            var reply = await app.SendAsync(
                new HttpMethod(trigger.Method),
                address,
                trigger.Method is "GET" or "DELETE" ? null
                    : trigger.Route.StartsWith("api/", StringComparison.Ordinal) ? ContractApp.Content(body) : ContractApp.Content(form, "application/x-www-form-urlencoded"),
                "admin");
            reply.Status.ShouldNotBe(500, $"{trigger.Method} {address}");
            if (reply.Status == 503 && reply.MediaType != "text/html")
            {
                reply.Code.ShouldBe("busy");
                reply.Header("Retry-After").ShouldNotBeNull();
            }

            // Only the directory of a territory, and what needs none, may still be there.
            if (trigger.Route.StartsWith("api/appointments", StringComparison.Ordinal) || trigger.Route.StartsWith("api/callback-requests", StringComparison.Ordinal) || trigger.Name is "UnmetDemand" or "WaitingPage" or "PlaceHold" or "Slots" or "HotlineSearch" or "StructureLoad" or "AppointmentPage")
            {
                reply.Status.ShouldBe(503, $"{trigger.Method} {address}: {reply}");
            }
        }

        outage.On = false;
        time.Skip(HealthReport.MaxAge);
        (await app.GetAsync("/api/health")).Status.ShouldBe(200);
        (await app.GetAsync($"/api/appointments/{values["reference"]}?key={values["key"]}")).Status.ShouldBe(200);
        (await app.PostAsync("/api/appointments", app.Booking(start))).Status.ShouldBe(201);
    }

    /// <summary>A storage service that is away: no request reaches it.</summary>
    [Fact]
    public async Task One_territory_that_does_not_answer_is_named_and_the_rest_is_told()
    {
        var outage = new Outage { Only = "69" };
        var options = new TableClientOptions { Retry = { MaxRetries = 0 } };
        options.AddPolicy(outage, HttpPipelinePosition.PerCall);
        var time = new SteppedTime();
        await using var app = await ContractApp.StartAsync(configure: services => services.AddSingleton(options).AddSingleton<TimeProvider>(time));
        await app.App.Services.GetRequiredService<Rdv.Directory.Import.WriteDirectory>().PutAsync(Rdv.Territories.Territory.Parse("01"));
        // All have looked once: whether the clock has made them do so since the start is chance.
        await app.RunTimerAsync("SendInvites");
        await app.RunTimerAsync("DoChores");
        outage.On = true;
        await app.RunTimerAsync("SendSms");
        var health = AnswersTests.Described(await app.GetAsync("/api/health"), "GET", "/api/health", 200);
        health.GetProperty("status").GetString().ShouldBe("degraded");
        health.GetProperty("inTrouble").EnumerateArray().Select(part => part.GetString()).ShouldBe(["69"]);
        health.GetProperty("oldestDueMinutes").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Number);
        health.GetProperty("sms").GetString().ShouldBe("running");

        outage.Only = "operations";
        time.Skip(HealthReport.MaxAge);
        health = AnswersTests.Described(await app.GetAsync("/api/health"), "GET", "/api/health", 200);
        health.GetProperty("inTrouble").EnumerateArray().Select(part => part.GetString()).ShouldBe(["dispatch"]);
    }

    private sealed class Outage : HttpPipelinePolicy
    {
        public bool On { get; set; }

        /// <summary>The partition that does not answer; null for all.</summary>
        public string? Only { get; set; }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            Throw(message);
            ProcessNext(message, pipeline);
        }

        public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            Throw(message);
            return ProcessNextAsync(message, pipeline);
        }

        private void Throw(HttpMessage message)
        {
            if (On && (Only is null || Uri.UnescapeDataString(message.Request.Uri.ToUri().PathAndQuery).Replace('+', ' ').Contains($"'{Only}'", StringComparison.Ordinal)))
            {
                throw new RequestFailedException("No connection.", new IOException());
            }
        }
    }
}
