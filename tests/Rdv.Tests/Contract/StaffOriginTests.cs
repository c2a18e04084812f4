using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>Another site has the browser of someone of the staff send what it likes, with their cookie: none of it is done.</summary>
[Collection(SharedContractApp.Name)]
public sealed class StaffOriginTests(ContractApp app)
{
    private static readonly Description Api = Description.Load();

    // As browsers tell where a request comes from, the old ones by Origin alone; a sandboxed frame has no origin of its own.
    private static readonly (string Name, string Value)[] Elsewhere =
        [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://cpf-gouv.example"), ("Origin", "null")];

    [Fact]
    public async Task A_page_of_another_site_cannot_cancel_an_appointment()
    {
        var reference = (await app.BookAsync()).GetProperty("reference").GetString();
        var cancelled = await app.SendAsync(
            HttpMethod.Post,
            $"/api/hotline/appointments/{reference}/cancel",
            ContractApp.Content("""{ "reason": "=" }""", "text/plain"),
            null,
            null,
            ("Cookie", "rdv-persona=hotline"),
            ("Origin", "https://cpf-gouv.example"));
        (cancelled.Status, cancelled.Code).ShouldBe((403, "forbidden"));
        var found = await app.PostAsync("/api/hotline/search", new { reference }, "hotline");
        found.Json.GetProperty("appointments")[0].GetProperty("status").GetString().ShouldBe("booked");
    }

    [Fact]
    public async Task Nothing_of_the_API_is_changed_from_another_site_by_who_is_signed_in()
    {
        var values = await ValuesAsync();
        var wrong = new List<string>();
        foreach (var trigger in Triggers.Http.Where(trigger => trigger.Method is not ("GET" or "OPTIONS") && trigger.Route.StartsWith("api/", StringComparison.Ordinal)))
        {
            foreach (var from in Elsewhere)
            {
                foreach (var mediaType in new[] { "text/plain", "application/json" })
                {
                    var reply = await SendAsync(trigger, values, mediaType, from, ("Cookie", $"rdv-persona={RouteValues.PersonaFor(trigger)}"));
                    if ((reply.Status, reply.Code) != (403, "forbidden"))
                    {
                        wrong.Add($"{trigger.Method} {trigger.Route} {from} {mediaType}: {reply}");
                    }
                }
            }

            // A program, and a page of ours.
            foreach (var headers in new (string, string)[][] { [], [("Sec-Fetch-Site", "same-origin")], [("Origin", app.App.BaseUrl.GetLeftPart(UriPartial.Authority))] })
            {
                var reply = await SendAsync(trigger, values, "application/json", [.. headers, ("X-Rdv-Persona", RouteValues.PersonaFor(trigger))]);
                if (reply.Status is 401 or 403)
                {
                    wrong.Add($"{trigger.Method} {trigger.Route}: {reply}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_form_of_staff_is_taken_from_another_site()
    {
        var values = await ValuesAsync();
        foreach (var trigger in Triggers.Http.Where(trigger => trigger.Method == "POST" && trigger.Route.Split('/')[0] is "hotline" or "advisor" or "structure"))
        {
            foreach (var from in Elsewhere)
            {
                var reply = await SendAsync(trigger, values, "application/x-www-form-urlencoded", from, ("Cookie", "rdv-persona=admin"));
                reply.Status.ShouldBeOneOf([400, 403], $"{trigger.Route} {from}: {reply.Status}");
            }
        }
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_told_so_wherever_they_come_from() => (await app.SendAsync(
        HttpMethod.Post, "/api/hotline/search", ContractApp.Content("{}"), null, null, ("Sec-Fetch-Site", "cross-site"))).Code.ShouldBe("unauthenticated");

    /// <summary>What a form or a script of another site may send without asking first is never JSON (Fetch, CORS-safelisted request-header).</summary>
    [Fact]
    public async Task JSON_is_read_as_JSON_only()
    {
        var values = await ValuesAsync();
        var wrong = new List<string>();
        foreach (var (path, method, _) in Api.Operations.Where(TakesJson))
        {
            var trigger = Triggers.Http.Single(trigger => "/" + trigger.Route == path && trigger.Method == method);
            foreach (var mediaType in new[] { "text/plain", "text/plain; x=application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp", "?", null })
            {
                var reply = await SendAsync(trigger, values, mediaType, ("X-Rdv-Persona", RouteValues.PersonaFor(trigger)));
                if (reply.Code != "invalid" || !reply.Json.GetProperty("errors").TryGetProperty("Content-Type", out _))
                {
                    wrong.Add($"{method} {path} {mediaType}: {reply}");
                }
            }

            foreach (var mediaType in new[] { "application/json; charset=utf-8", "Application/JSON" })
            {
                var reply = await SendAsync(trigger, values, mediaType, ("X-Rdv-Persona", RouteValues.PersonaFor(trigger)));
                if (reply.Text.Contains("Content-Type", StringComparison.Ordinal))
                {
                    wrong.Add($"{method} {path} {mediaType}: {reply}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    // Event Grid's events are its own affair, behind a key.
    private static bool TakesJson((string Path, string Method, System.Text.Json.JsonElement Operation) operation) =>
        operation.Operation.TryGetProperty("requestBody", out var body)
        && Api.Resolve(body).GetProperty("content").TryGetProperty("application/json", out _)
        && !operation.Path.StartsWith("/api/events/", StringComparison.Ordinal);

    private Task<Reply> SendAsync(Trigger trigger, RouteValues values, string? mediaType, params (string Name, string Value)[] headers)
    {
        var content = new ByteArrayContent("[]"u8.ToArray());
        if (mediaType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        }

        return app.SendAsync(new HttpMethod(trigger.Method), values.AddressOf(trigger.Route), content, null, null, headers);
    }

    private async Task<RouteValues> ValuesAsync() =>
        RouteValues.Of(await app.BookAsync(), (Rdv.Invites.FeedTokens)app.App.Services.GetService(typeof(Rdv.Invites.FeedTokens))!);
}
