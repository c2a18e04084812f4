using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rdv.Functions.Host;
using Rdv.Messages;
using Rdv.Tests.Contract;
using Rdv.Tests.Infrastructure;
using Rdv.Tests.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Operations;

/// <summary>"Somebody says that they never got the SMS": from the form to the provider in one look, and without meeting a person on the way.</summary>
public sealed class TracesTests(TableStorage storage) : ProductTest(storage)
{
    private const string Rejected = "06 39 98 71 01";
    private const string Away = "06 39 98 71 02";

    [Fact]
    public async Task From_the_form_to_the_SMS()
    {
        using var spans = new Spans();
        await using var app = await StartAppAsync();
        var (trace, parent) = Spans.Begin();
        var booked = await BookAsync(app, parent, app.DrawPhone());
        booked.Status.ShouldBe(201, booked.Text);
        await app.RunTimerAsync("SendSms");
        await app.RunTimerAsync("SendInvites");

        var form = spans.Of(trace).Single(span => span.OperationName == "BookAppointment");
        Tag(form, "http.route").ShouldBe("api/appointments");
        form.Kind.ShouldBe(ActivityKind.Internal);
        var write = spans.Of(trace).Single(span => span.OperationName == "transaction");
        write.ParentSpanId.ShouldBe(form.SpanId);
        (Tag(write, "rdv.transaction.attempts"), Tag(write, "rdv.transaction.conflicts"), Tag(write, "rdv.outcome")).ShouldBe((1, 0, "written"));

        var sms = spans.CausedBy(trace).Single(span => span.OperationName == "send sms");
        (Tag(sms, "rdv.message.kind"), Tag(sms, "rdv.outcome"), sms.Status).ShouldBe(("confirmation", "sent", ActivityStatusCode.Unset));
        sms.Links.ShouldHaveSingleItem().Context.SpanId.ShouldBe(write.SpanId);
        Tag(spans.CausedBy(trace).Single(span => span.OperationName == "send mail"), "rdv.message.kind").ShouldBe("invite");
    }

    [Fact]
    public async Task A_freed_slot_leads_from_who_cancelled_to_who_is_offered_it()
    {
        using var spans = new Spans();
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        await product.TryAskAsync(world, new ARequest("06 39 98 45 01"));
        string trace;
        using (var form = Tracing.Start("form"))
        {
            trace = form.ShouldNotBeNull().TraceId.ToHexString();
            await product.CancelAsync(booked);
        }

        await product.DoChoresAsync();
        await product.SendSmsAsync();

        var chore = spans.CausedBy(trace).Single(span => span.OperationName == "chore");
        Tag(chore, "rdv.chore.kind").ShouldBe("freed");
        Tag(spans.CausedBy(chore.TraceId.ToHexString()).Single(span => span.OperationName == "send sms"), "rdv.message.kind").ShouldBe("freed");
    }

    [Theory]
    [InlineData(Rejected, "rejected", "acs-400")]
    [InlineData(Away, "unavailable", "acs-503")]
    public async Task An_SMS_that_does_not_leave_says_so_where_one_looks_for_it(string phone, string outcome, string reason)
    {
        using var spans = new Spans();
        await using var app = await StartAppAsync();
        var (trace, parent) = Spans.Begin();
        (await BookAsync(app, parent, phone)).Status.ShouldBe(201);
        await app.RunTimerAsync("SendSms");
        var sms = spans.CausedBy(trace).Single(span => span.OperationName == "send sms");
        (Tag(sms, "rdv.outcome"), Tag(sms, "error.type"), sms.Status).ShouldBe((outcome, reason, ActivityStatusCode.Error));
    }

    [Fact]
    public async Task In_Azure_a_timer_and_a_request_go_on_with_the_trace_of_the_host()
    {
        using var spans = new Spans();
        var (timer, timerParent) = Spans.Begin();
        var middleware = new HttpInvocationMiddleware(null!);
        await middleware.Invoke(new Http.WorkerInvocation(http: null) { TraceParent = timerParent }, _ => Task.CompletedTask);
        var run = spans.Of(timer).ShouldHaveSingleItem();
        (run.OperationName, Tag(run, "faas.trigger")).ShouldBe(("AFunction", "timer"));

        var (failed, failedParent) = Spans.Begin();
        await Should.ThrowAsync<InvalidDataException>(() => middleware.Invoke(
            new Http.WorkerInvocation(http: null) { TraceParent = failedParent }, _ => throw new InvalidDataException("Ondine Secrète")));
        Spans.Text(spans.Of(failed).ShouldHaveSingleItem()).ShouldBe("AFunction AFunction   Rdv faas.trigger=timer error.type=InvalidDataException");
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://francecentral-1.in.applicationinsights.azure.com/", true)]
    public void Nothing_is_exported_without_an_address_to_send_it_to(string? connection, bool exported)
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager { ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = connection };
        using var services = new ServiceCollection().AddLogging().AddRdv(configuration).AddTelemetry(configuration).BuildServiceProvider();
        (services.GetService<OpenTelemetry.Trace.TracerProvider>() is not null).ShouldBe(exported);
        (services.GetService<OpenTelemetry.Metrics.MeterProvider>() is not null).ShouldBe(exported);
    }

    /// <summary>Books, cancels, sends, fails; reads links that exist and links that do not; then looks at every word that would leave.</summary>
    [Fact]
    public async Task No_span_and_no_metric_names_a_person_or_opens_anything()
    {
        using var spans = new Spans();
        using var numbers = new Numbers();
        await using var app = await StartAppAsync();
        var body = Body(await app.DrawStartAsync(), Rejected);
        var (trace, parent) = Spans.Begin();
        var booked = await SendAsync(app, "/api/appointments", body, parent, ("tracestate", "ondine=secrete"), ("baggage", "phone=0639987101"));
        booked.Status.ShouldBe(201, booked.Text);
        var (reference, key) = (booked.Json.GetProperty("reference").GetString()!, booked.Json.GetProperty("key").GetString()!);
        var token = RouteValues.TokenOf(booked.Json);
        var feed = app.App.Services.GetRequiredService<Rdv.Invites.FeedTokens>().Of(Rdv.Territories.Territory.Parse("69"), new Rdv.Ids.AdvisorId(ContractApp.Advisor));
        var (person, personKey) = await app.AskToBeCalledAsync("06 39 98 71 03", note: "Note confidentielle");
        foreach (var path in (string[])
        [
            $"/{token}", $"/r/{reference}/{key}", $"/r/{reference}/{key[..^1]}", $"/p/{person}/{personKey}", $"/api/appointments/{reference}?key={key}",
            $"/calendars/{feed}.ics", $"/nowhere/{key}?phone=0639987101", $"/api/callback-requests/{person}?key={personKey}",
        ])
        {
            await app.GetAsync(path);
        }

        await app.PostAsync("/api/appointments", new { territory = "69", citizen = new { name = "Ondine Secrète", phone = "0639987101" } });
        await app.PostAsync("/api/hotline/search", new { phone = "06 39 98 71 01", name = "Ondine" }, "hotline");
        foreach (var timer in (string[])["SendSms", "SendInvites", "Watchdog"])
        {
            await app.RunTimerAsync(timer);
        }

        (await SendAsync(app, $"/api/appointments/{reference}/cancel", new { key, reason = "Raison confidentielle" }, parent)).Status.ShouldBe(200);
        foreach (var timer in (string[])["DoChores", "SendSms", "SendInvites"])
        {
            await app.RunTimerAsync(timer);
        }

        // What is looked at is what was done.
        spans.Of(trace).Select(span => span.OperationName).ShouldContain("CancelAppointment");
        spans.CausedBy(trace).Select(span => Tag(span, "error.type")).ShouldContain("acs-400");
        spans.All.Select(span => Tag(span, "http.route")).ShouldContain("r/{reference}/{key}");
        numbers.Lines.ShouldContain(line => line.Contains("rdv.messages.settled", StringComparison.Ordinal));
        var words = spans.All.Select(Spans.Text).Concat(numbers.Lines).ToList();
        foreach (var secret in (string[])
        [
            "Ondine", "Secr", "exemple.example", "confidentiel", "639987101", "39 98 71", "639987103", key, key[..8], token, feed[..20], personKey[..8], person,
            "/r/69", "/api/appointments/69", reference, reference[3..], "Aline", "aline-exemple",
        ])
        {
            words.Where(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(secret);
        }

        // Nobody but ourselves says what is exported.
        spans.All.Select(span => span.Source.Name).Distinct().ShouldBe([Tracing.SourceName]);
        spans.All.Where(span => span.DisplayName.Contains('/', StringComparison.Ordinal)).ShouldBeEmpty("the rule of the log workspace takes an address out of a name");
    }

    private static Task<ContractApp> StartAppAsync() => ContractApp.StartAsync(configure: services => services.AddSingleton<ISmsGateway, Gateway>());

    private static object? Tag(Activity span, string name) => span.GetTagItem(name);

    private static object Body(string start, string phone) => new
    {
        territory = "69",
        topic = ContractApp.Topic,
        start,
        placeId = ContractApp.Place,
        advisorId = ContractApp.Advisor,
        citizen = new { name = "Ondine Secrète", phone, email = "ondine.secrete@exemple.example" },
        note = "Note confidentielle",
    };

    private static async Task<Reply> BookAsync(ContractApp app, string parent, string phone) =>
        await SendAsync(app, "/api/appointments", Body(await app.DrawStartAsync(), phone), parent);

    private static Task<Reply> SendAsync(ContractApp app, string path, object body, string parent, params (string, string)[] headers) => app.SendAsync(
        HttpMethod.Post, path, System.Net.Http.Json.JsonContent.Create(body), headers: [("traceparent", parent), .. headers]);

    private sealed class Gateway : ISmsGateway
    {
        public Task<SendResult> SendAsync(OutgoingSms sms, CancellationToken cancellationToken) => Task.FromResult<SendResult>(sms.To.E164 switch
        {
            "+33639987101" => new SendResult.Rejected("acs-400"),
            "+33639987102" => new SendResult.Unavailable("acs-503"),
            _ => new SendResult.Sent("Outgoing_1"),
        });
    }
}
