using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using NodaTime;
using Rdv.Functions.Pages;
using Rdv.Ids;
using Rdv.Pages;
using Rdv.Pages.Shared;
using Shouldly;
using Xunit;
using static Rdv.Tests.Pages.Samples;

namespace Rdv.Tests.Pages;

public sealed class PageFormsTests
{
    private static readonly RdvSettings Settings = new() { HotlinePhone = "01 99 00 12 34", SiteBaseUrl = "https://rdv.example", MailFrom = "rdv@rdv.example" };
    private readonly BookingDrafts drafts = new(new EphemeralDataProtectionProvider());

    private static BookingDraft Draft => new(
        Rhone, FirstSteps, new SlotValue(new LocalDateTime(2026, 11, 24, 9, 0), Library), "69256", "hold", Instant.FromUnixTimeSeconds(1_800_000_000), "nonce");

    [Fact]
    public void A_draft_comes_back_as_it_was_sealed()
    {
        drafts.Open(drafts.Seal(Draft)).ShouldBe(Draft);
        var seat = Draft with { Hold = null, KeptUntil = null, Seat = new SeatDraft(new WorkshopId("w0123456789abcdef"), 3, 120, "Un | titre || à barres |") };
        drafts.Open(drafts.Seal(seat)).ShouldBe(seat);
        var bare = Draft with { Insee = null, Hold = null, KeptUntil = null };
        drafts.Open(drafts.Seal(bare)).ShouldBe(bare);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("garbage")]
    public void What_was_not_sealed_here_is_no_draft(string? text) => drafts.Open(text).ShouldBeNull();

    [Fact]
    public void A_changed_draft_is_no_draft()
    {
        var text = drafts.Seal(Draft).ToCharArray();
        text[^5] = text[^5] == 'A' ? 'B' : 'A';
        drafts.Open(new string(text)).ShouldBeNull();
        new BookingDrafts(new EphemeralDataProtectionProvider()).Open(drafts.Seal(Draft)).ShouldBeNull();
    }

    [Fact]
    public void The_same_draft_is_the_same_request_whatever_is_typed()
    {
        Draft.ToRequest(new PersonForm { Name = "A" }, Rdv.People.Actor.Citizen).Request
            .ShouldBe(Draft.ToRequest(new PersonForm { Name = "B" }, Rdv.People.Actor.Citizen).Request);
        (Draft with { Nonce = "other" }).Request.ShouldNotBe(Draft.Request);
    }

    [Fact]
    public void An_hour_that_the_clock_skips_or_repeats_is_no_start()
    {
        BookingDraft.InstantOf(Rhone, new LocalDateTime(2026, 3, 29, 2, 30)).ShouldBeNull();
        BookingDraft.InstantOf(Rhone, new LocalDateTime(2026, 10, 25, 2, 30)).ShouldBeNull();
        BookingDraft.InstantOf(Rhone, new LocalDateTime(2026, 10, 25, 9, 0)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_form_is_read_with_its_accents()
    {
        var form = await PostedForm.ReadAsync(Request("citizen.name=Zo%C3%A9+L%C3%A9a&a=1&a=2"), Settings, CancellationToken.None);
        form!["citizen.name"].ShouldBe("Zoé Léa");
        form["a"].ShouldBe("1");
        form["b"].ShouldBeNull();
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json")]
    [InlineData(null)]
    public async Task Anything_but_a_form_is_refused(string? contentType) =>
        (await PostedForm.ReadAsync(Request("a=1", contentType), Settings, CancellationToken.None)).ShouldBeNull();

    [Fact]
    public async Task A_form_that_is_too_long_is_refused_whatever_it_declares()
    {
        (await PostedForm.ReadAsync(Request("a=" + new string('x', 70_000)), Settings, CancellationToken.None)).ShouldBeNull();
        (await PostedForm.ReadAsync(Request(string.Join('&', Enumerable.Range(0, 3000).Select(i => $"f{i}=1"))), Settings, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_form_of_another_site_is_refused()
    {
        var request = Request("a=1");
        request.Headers["Sec-Fetch-Site"] = "cross-site";
        (await PostedForm.ReadAsync(request, Settings, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public void The_cookie_of_a_browser_carries_its_hold_sealed()
    {
        var cookie = new ClientCookie(new EphemeralDataProtectionProvider(), new SiteCookies(Settings));
        var response = new DefaultHttpContext().Response;
        cookie.Write(response, new Client("id", "hold"));
        var header = response.Headers.SetCookie.ToString();
        header.ShouldStartWith("__Host-rdv-client=");
        header.ShouldContain("path=/");
        header.ShouldNotContain("domain");
        header.ShouldContain("httponly");
        header.ShouldContain("samesite=lax");
        header.ShouldContain("secure");

        var request = new DefaultHttpContext().Request;
        request.Headers.Cookie = header.Split(';')[0];
        cookie.Read(request).ShouldBe(new Client("id", "hold", IsKnown: true));
        request.Headers.Cookie = "__Host-" + ClientCookie.Name + "=garbage";
        cookie.Read(request).Hold.ShouldBeNull();

        // Without the prefix anything below our domain could have written it, and over http anybody on the way.
        request.Headers.Cookie = header.Split(';')[0].Replace("__Host-", "", StringComparison.Ordinal);
        cookie.Read(request).IsKnown.ShouldBeFalse();
    }

    [Fact]
    public void A_role_is_chosen_and_left_by_a_cookie_of_this_host_alone_and_on_one_machine_without_https()
    {
        var response = new DefaultHttpContext().Response;
        new SiteCookies(Settings).Write(response, "rdv-role", "hotline", TimeSpan.FromDays(90));
        response.Headers.SetCookie.ToString().ShouldStartWith("__Host-rdv-role=hotline; max-age=7776000; path=/; secure");
        new SiteCookies(Settings).Delete(response, "rdv-role");
        response.Headers.SetCookie.ToString().ShouldStartWith("__Host-rdv-role=;");
        response.Headers.SetCookie.ToString().ShouldContain("secure");

        var local = new DefaultHttpContext().Response;
        new SiteCookies(Settings with { SiteBaseUrl = "http://127.0.0.1:7071" }).Write(local, "rdv-role", "hotline");
        local.Headers.SetCookie.ToString().ShouldBe("rdv-role=hotline; path=/; samesite=lax; httponly");
    }

    [Fact]
    public void An_asset_is_found_by_the_hash_of_its_content_only()
    {
        Asset.Find(Asset.Stylesheet.FileName).ShouldBe(Asset.Stylesheet);
        Asset.Find("rdv.css").ShouldBeNull();
        Encoding.UTF8.GetString(Asset.Stylesheet.Content.Span).ShouldContain("@media print");
    }

    private static HttpRequest Request(string body, string? contentType = "application/x-www-form-urlencoded")
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "POST";
        request.ContentType = contentType;
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return request;
    }
}
