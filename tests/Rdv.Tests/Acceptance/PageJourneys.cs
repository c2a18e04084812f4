using Rdv.Tests.Contract;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Acceptance;

/// <summary>Someone books and cancels on the pages, with a browser that runs no script.</summary>
public abstract class PageJourneys(Target target) : Journeys(target)
{
    private static readonly Ground Ground = Ground.Pages;
    private readonly Dictionary<string, string> _cookies = [];

    [Fact]
    public async Task Someone_books_and_cancels_by_forms()
    {
        NeedsStaff();
        (await OpenAsync("/")).Status.ShouldBe(200);
        (await OpenAsync("/sujet?commune=" + Ground.Insee)).Status.ShouldBe(200);
        var slots = await OpenAsync($"/creneaux?commune={Ground.Insee}&sujet={Ground.Topic}&lieu={Ground.Place}");
        var choose = Form.To(slots, "/reserver/heure");
        var slot = choose.Choices("creneau").Last(value => value.EndsWith("@" + Ground.Place, StringComparison.Ordinal));
        var chosen = await SubmitAsync(choose, ("creneau", slot));
        chosen.Status.ShouldBe(303, chosen.Text);

        var details = Form.To(await OpenAsync(chosen.Header("Location")!), "/reserver");
        var incomplete = await SubmitAsync(details, ("citizen.name", "Odette Fictive"), ("citizen.phone", "06 12"));
        (incomplete.Status, incomplete.MediaType).ShouldBe((400, "text/html"));
        var booked = await SubmitAsync(
            Form.To(incomplete, "/reserver"), ("citizen.name", "Odette Fictive"), ("citizen.phone", Ground.DrawPhone()));
        booked.Status.ShouldBe(303, booked.Text);

        var address = booked.Header("Location")!.Split('?')[0];
        var page = await OpenAsync(booked.Header("Location")!);
        page.Status.ShouldBe(200);
        page.Text.ShouldContain(address.Split('/')[2]);
        page.Header("Cache-Control").ShouldBe("no-store");

        // The link of the SMS, as it is and as it was copied.
        var token = address.Split('/')[2].Replace("-", "", StringComparison.Ordinal)[..^1] + address.Split('/')[3];
        foreach (var copied in new[] { token, token + ".", token + "%20" })
        {
            var opened = await OpenAsync("/" + copied);
            opened.Status.ShouldBe(200, copied);
            opened.Text.ShouldContain(address + "/annuler");
        }

        var cancelled = await SubmitAsync(Form.To(await OpenAsync(address + "/annuler"), address + "/annuler"));
        cancelled.Status.ShouldBe(303, cancelled.Text);
        Form.Read(await OpenAsync(cancelled.Header("Location")!)).Body!.TextContent.ShouldContain("annulé");
    }

    [Fact]
    public async Task A_link_that_leads_nowhere_is_a_page()
    {
        var unknown = await OpenAsync("/r/69-K7Q2-9XM4/0000000000000");
        (unknown.Status, unknown.MediaType).ShouldBe((404, "text/html"));
        var unknownToken = await OpenAsync("/69K7Q29XM0000000000000");
        (unknownToken.Status, unknownToken.MediaType).ShouldBe((404, "text/html"));
        (await OpenAsync("/creneaux")).Status.ShouldBe(303);
    }

    private Task<Reply> OpenAsync(string address) => SendAsync(HttpMethod.Get, address, null);

    private Task<Reply> SubmitAsync(Form form, params (string Name, string Value)[] typed) => SendAsync(HttpMethod.Post, form.Action, () => form.With(typed));

    private async Task<Reply> SendAsync(HttpMethod method, string address, Func<HttpContent>? content)
    {
        var reply = await Visitor.SendAsync(method, address, content, request =>
        {
            request.Headers.Add("Accept", "text/html");
            if (_cookies.Count > 0)
            {
                request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            }
        });
        foreach (var cookie in reply.Response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            _cookies[pair[0]] = pair[1];
        }

        return reply;
    }
}
