using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Rdv.Local.Dev;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Local;

public sealed class DevPageTests(SampleApp app) : IClassFixture<SampleApp>
{
    private static readonly OutboxMessage Sms = new(
        "sms", "+33639981234", "RDV <b>mardi</b> 24/11 10h. Gérer: http://127.0.0.1/r/69-K7Q2-9XM4/ABC.", Instant.FromUtc(2026, 11, 24, 8, 0), "confirmation", "69-K7Q2-9XM4");

    private static readonly OutboxMessage Mail = new(
        "mail", "camille@mairie.example", "Bonjour\nBEGIN:VCALENDAR\nEND:VCALENDAR", Instant.FromUtc(2026, 11, 24, 8, 1), "invite", null, "Nouveau rendez-vous");

    [Fact]
    public async Task The_page_shows_what_was_sent()
    {
        var outbox = app.App.Services.GetRequiredService<Outbox>();
        outbox.Add(Sms);
        outbox.Add(Mail);
        var html = await app.Client.GetStringAsync(new Uri("/dev", UriKind.Relative), TestContext.Current.CancellationToken);
        var page = new HtmlParser().ParseDocument(html);

        var bubble = page.QuerySelector(".bubble")!;
        bubble.TextContent.Trim().ShouldContain("RDV <b>mardi</b> 24/11 10h.");
        bubble.QuerySelector("b").ShouldBeNull();
        bubble.QuerySelector("a")!.GetAttribute("href").ShouldBe("http://127.0.0.1/r/69-K7Q2-9XM4/ABC");
        page.QuerySelector(".speaker")!.TextContent.ShouldBe("06 39 98 12 34");
        page.QuerySelector(".mails h3")!.TextContent.ShouldBe("Nouveau rendez-vous");
        page.QuerySelector(".mails .text")!.TextContent.Trim().ShouldBe("Bonjour");
        page.QuerySelector(".mails pre")!.TextContent.ShouldStartWith("BEGIN:VCALENDAR");

        page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href").ShouldStartWith("/assets/rdv.");

        var messages = await app.Client.GetFromJsonAsync<JsonElement>("/dev/messages", TestContext.Current.CancellationToken);
        messages[0].EnumerateObject().Select(property => property.Name).ShouldBe(["channel", "to", "text", "sentAt", "kind", "reference"]);
        messages[0].GetProperty("text").GetString().ShouldBe(Sms.Text);
        messages[0].GetProperty("sentAt").GetString().ShouldBe("2026-11-24T08:00:00Z");
        messages[1].GetProperty("reference").ValueKind.ShouldBe(JsonValueKind.Null);
    }
}
