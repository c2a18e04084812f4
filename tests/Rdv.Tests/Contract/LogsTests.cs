using System.Collections.Concurrent;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rdv.Functions.Host;
using Rdv.Messages;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>No phone, name, e-mail, note, key or feed token in any line of any log, whatever goes right or wrong.</summary>
public sealed class LogsTests
{
    [Fact]
    public async Task No_log_line_names_a_person_or_opens_anything()
    {
        var logs = new CapturedLogs();
        var faults = new Faults();
        var options = new TableClientOptions { Retry = { MaxRetries = 0 } };
        options.AddPolicy(faults, HttpPipelinePosition.PerCall);
        await using var app = await ContractApp.StartAsync(configure: services =>
        {
            services.AddSingleton<ILoggerProvider>(logs);
            services.AddSingleton<ISmsGateway, RefusingGateway>();
            services.AddSingleton(options);
        });
        var start = await app.DrawStartAsync();
        var body = new
        {
            territory = "69",
            topic = ContractApp.Topic,
            start,
            placeId = ContractApp.Place,
            advisorId = ContractApp.Advisor,
            citizen = new { name = "Ondine Secrète", phone = "06 39 98 76 54", email = "ondine.secrete@exemple.example", needs = "Besoin confidentiel" },
            helper = new { name = "Gaspard Discret", phone = "06 39 98 76 55", consent = true },
            note = "Note confidentielle",
        };
        var booked = await app.PostAsync("/api/appointments", body, idempotencyKey: "idempotence-confidentielle");
        booked.Status.ShouldBe(201, booked.Text);
        var (reference, key) = (booked.Json.GetProperty("reference").GetString()!, booked.Json.GetProperty("key").GetString()!);
        var token = app.App.Services.GetRequiredService<Rdv.Invites.FeedTokens>().Of(Rdv.Territories.Territory.Parse("69"), new Rdv.Ids.AdvisorId(ContractApp.Advisor));
        var (person, personKey) = await app.AskToBeCalledAsync("06 39 98 76 56", note: "Note confidentielle");
        string[] reads = [$"/p/{person}/{personKey}", $"/api/callback-requests/{person}?key={personKey}", $"/hotline/attente/{person}", $"/api/appointments/{reference}?key={key}", $"/{RouteValues.TokenOf(booked.Json)}", $"/r/{reference}/{key}", $"/r/{reference}/{key}/annuler", $"/calendars/{token}.ics", $"/api/appointments/{reference}/calendar.ics?key={key}"];

        foreach (var fault in new[] { Fault.None, Fault.Unanswered, Fault.Refused, Fault.Surprise })
        {
            faults.Now = fault;
            foreach (var read in reads)
            {
                await app.GetAsync(read);
            }

            await app.GetAsync($"/api/appointments/{reference}?key={key[..^1]}");
            await app.GetAsync($"/nowhere/{key}?phone=0639987654");
            await app.PostAsync("/api/appointments", body with { start = "x" });
            await app.PostAsync("/api/appointments", body);
            await app.PostAsync("/api/hotline/search", new { phone = "06 39 98 76 54" }, "hotline");
            await app.PostAsync($"/api/appointments/{reference}/link", new { phone = "06 39 98 76 54" });
            await app.SendAsync(HttpMethod.Post, "/api/appointments", ContractApp.Content("{ \"citizen\": { \"name\": \"Ondine Secrète\", \"phone\": 0639987654 } }"));
            await app.SendAsync(HttpMethod.Post, $"/r/{reference}/{key}/deplacer", ContractApp.Content("nom=Ondine+Secr%C3%A8te&creneau=x", "application/x-www-form-urlencoded"));
            await app.PostAsync("/api/callback-requests", new { territory = "69", topic = ContractApp.Topic, citizen = body.citizen, note = body.note });
            await app.PostAsync($"/api/callback-requests/{person}/claim", new { key = personKey });
            await app.SendAsync(HttpMethod.Post, "/rappel", ContractApp.Content("commune=69256&sujet=premiers-pas&citizen.name=Ondine+Secr%C3%A8te&citizen.phone=0639987654", "application/x-www-form-urlencoded"));
            await app.RunTimerAsync("DoChores");
            await app.PostAsync("/api/events/sms", new[]
            {
                new
                {
                    eventType = "Microsoft.Communication.SMSDeliveryReportReceived",
                    data = new { messageId = "+33639987654", to = "+33639987654", deliveryStatus = "Failed", deliveryStatusDetails = "+33639987654 is blocked", tag = "Ondine +33639987654" },
                },
            });
            await app.PostAsync($"/api/hotline/appointments/{reference}/resend", new { }, "hotline");
            await app.RunTimerAsync("SendSms");
            await app.RunTimerAsync("SendInvites");
            await app.RunTimerAsync("Watchdog");
        }

        faults.Now = Fault.None;
        (await app.PostAsync($"/api/appointments/{reference}/cancel", new { key, reason = "Raison confidentielle" })).Status.ShouldBe(200);
        await app.RunTimerAsync("DoChores");
        await app.RunTimerAsync("SendSms");

        // What was captured is what would have been written: refused SMS and failures are there, by reference.
        logs.Lines.ShouldContain(line => line.Contains(reference, StringComparison.Ordinal));
        logs.Lines.ShouldContain(line => line.Contains("A surprise", StringComparison.Ordinal));
        foreach (var secret in (string[])
        [
            "Ondine", "Secr", "Gaspard", "Discret", "exemple.example", "confidentiel", key, key[..8], token, token[..20], "639987654", "6 39 98 76 54", "639987655", "639987656", personKey, personKey[..8],
            "Aline Exemple", "aline.exemple",
        ])
        {
            logs.Lines.Where(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(secret);
        }
    }

    [Fact]
    public void The_server_does_not_log_addresses_wherever_the_product_runs()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(new CapturedLogs()));
        services.AddRdv(new ConfigurationBuilder().Build());
        using var provider = services.BuildServiceProvider();
        var logs = provider.GetRequiredService<ILoggerFactory>();
        foreach (var category in new[]
        {
            "Microsoft.AspNetCore.Routing.EndpointMiddleware", "Microsoft.AspNetCore.Server.Kestrel",
            "Microsoft.AspNetCore.Http.Result.RedirectResult", "Azure.Core", "System.Net.Http.HttpClient",
        })
        {
            logs.CreateLogger(category).IsEnabled(LogLevel.Information).ShouldBeFalse(category);
            logs.CreateLogger(category).IsEnabled(LogLevel.Warning).ShouldBeTrue(category);
        }

        // Not even its scope, which holds the address of the request.
        logs.CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").IsEnabled(LogLevel.Critical).ShouldBeFalse();
        logs.CreateLogger("Rdv.Dispatch.DispatchMessages").IsEnabled(LogLevel.Information).ShouldBeTrue();
    }

    private enum Fault
    {
        None,
        Unanswered,
        Refused,
        Surprise,
    }

    /// <summary>Storage that is away, that refuses a request as malformed, and a bug.</summary>
    private sealed class Faults : HttpPipelinePolicy
    {
        public Fault Now { get; set; }

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
            switch (Now)
            {
                case Fault.Unanswered:
                    throw new RequestFailedException("No connection.", new IOException());
                case Fault.Refused:
                    throw new RequestFailedException(400, $"Refused: {message.Request.Method}");
                case Fault.Surprise:
                    throw new InvalidOperationException("A surprise.");
            }
        }
    }

    private sealed class RefusingGateway : ISmsGateway
    {
        public Task<SendResult> SendAsync(OutgoingSms sms, CancellationToken cancellationToken) =>
            Task.FromResult<SendResult>(new SendResult.Rejected("acs-400"));
    }

    /// <summary>Every line that passes the filters of the product, with its scopes' state and its exception.</summary>
    private sealed class CapturedLogs : ILoggerProvider, ISupportExternalScope
    {
        private readonly ConcurrentQueue<string> _lines = new();
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
        }

        private sealed class Logger(CapturedLogs logs, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => logs._scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var values = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
                var around = new List<object?>();
                logs._scopes.ForEachScope((scope, list) => list.Add(scope is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : scope), around);
                logs._lines.Enqueue($"{logLevel} {category} {formatter(state, exception)} {string.Join(' ', values)} {exception} {string.Join(' ', around)}");
            }
        }
    }
}
