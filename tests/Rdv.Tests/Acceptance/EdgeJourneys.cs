using System.Diagnostics;
using System.IO.Compression;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Acceptance;

/// <summary>
/// What stands between the client and a function: verbs, addresses, limits, answers without a function. Under the Functions host, an answer
/// given in front of a function never meets its invocation, and one given behind it comes after the invocation has ended.
/// </summary>
public abstract class EdgeJourneys(Target target) : Journeys(target)
{
    // The host gives up after 15 s: what is prompt is far below.
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(5);

    private static readonly Action<HttpRequestMessage> AsBrowser = request => request.Headers.Add("Accept", "text/html");

    [Fact]
    public async Task Anyone_reads_what_is_for_anyone()
    {
        // Its loops need not have run for a while: of the rest it says that it works.
        (await Visitor.GetAsync("/api/health")).Json.GetProperty("storage").GetString().ShouldBe("ok");
        (await Visitor.GetAsync("/api/topics")).Json.GetArrayLength().ShouldBeGreaterThan(0);
        (await Visitor.GetAsync("/api/communes?q=vaulx")).Json.GetArrayLength().ShouldBeInRange(1, 10);
        (await Visitor.GetAsync("/api/openapi.json")).Json.GetProperty("openapi").GetString().ShouldBe("3.1.0");
    }

    /// <summary>What has a key, a name or a token in it is not: the length of a compressed answer would give it away.</summary>
    [Theory]
    [InlineData("/api/topics", true)]
    [InlineData("/api/openapi.json", true)]
    [InlineData("/", true)]
    [InlineData("/rappel?commune=69256&sujet=internet", false)]
    public async Task What_is_for_anyone_is_sent_compressed_to_who_takes_it_so(string address, bool compressed)
    {
        var plain = await Visitor.GetAsync(address);
        plain.Header("Content-Encoding").ShouldBeNull();
        var reply = await Visitor.SendAsync(HttpMethod.Get, address, null, request => request.Headers.Add("Accept-Encoding", "gzip"));
        reply.Status.ShouldBe(plain.Status);
        reply.Header("Content-Encoding").ShouldBe(compressed ? "gzip" : null);
        if (compressed)
        {
            reply.Header("Vary").ShouldNotBeNull().ShouldContain("Accept-Encoding");
            await using var read = new GZipStream(new MemoryStream(reply.Bytes), CompressionMode.Decompress);
            using var text = new StreamReader(read);
            (await text.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe(plain.Text);
            reply.Bytes.Length.ShouldBeLessThan(plain.Bytes.Length);
        }
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        var first = await Visitor.GetAsync("/api/openapi.json");
        var again = await Visitor.SendAsync(HttpMethod.Get, "/api/openapi.json", null, request => request.Headers.Add("If-None-Match", first.Header("ETag")));
        (again.Status, again.Bytes.Length).ShouldBe((304, 0));
    }

    [Theory]
    [InlineData("/api/topics")]
    [InlineData("/api/health")]
    [InlineData("/")]
    public async Task HEAD_answers_as_GET_without_a_body(string address)
    {
        var get = await Visitor.GetAsync(address);
        var head = await Visitor.SendAsync(HttpMethod.Head, address);
        (head.Status, head.MediaType, head.Bytes.Length).ShouldBe((get.Status, get.MediaType, 0));
    }

    [Theory]
    [InlineData("PUT", "/api/appointments")]
    [InlineData("DELETE", "/api/topics")]
    [InlineData("GET", "/api/hotline/search")]
    [InlineData("GET", "/api/nothing")]
    [InlineData("GET", "/nothing")]
    public async Task A_wrong_verb_or_address_is_404(string method, string address) =>
        (await Visitor.SendAsync(new HttpMethod(method), address)).Status.ShouldBe(404);

    [Fact]
    public async Task A_file_of_the_pages_is_kept_for_ever_and_one_that_does_not_exist_is_a_page()
    {
        var home = await Visitor.SendAsync(HttpMethod.Get, "/", null, AsBrowser);
        var stylesheet = await Visitor.GetAsync(Form.Read(home).QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!);
        (stylesheet.Status, stylesheet.MediaType).ShouldBe((200, "text/css"));
        stylesheet.Header("Cache-Control").ShouldNotBeNull().ShouldContain("immutable");

        // Whether the answer comes in time was a matter of luck: once is not enough.
        for (var time = 0; time < 10; time++)
        {
            var missing = await Visitor.SendAsync(HttpMethod.Get, "/assets/rdv.000000000000.css", null, AsBrowser);
            (missing.Status, missing.MediaType).ShouldBe((404, "text/html"), missing.ToString());
            Form.Read(missing).QuerySelector("h1").ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Too_many_reads_are_told_at_once_to_programs_and_to_people()
    {
        var first = await FirstRefusalAsync(() => Visitor.SendOnceAsync(HttpMethod.Get, "/api/topics"), atMost: 300);
        (first.Status, first.Code).ShouldBe((429, "too-many"));
        first.Response.Headers.RetryAfter!.Delta.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        var page = await FirstRefusalAsync(() => Visitor.SendOnceAsync(HttpMethod.Get, "/", null, AsBrowser), atMost: 300);
        (page.Status, page.MediaType).ShouldBe((429, "text/html"));
        Form.Read(page).QuerySelector("h1").ShouldNotBeNull();
    }

    [Fact]
    public async Task Too_many_writes_are_told_at_once()
    {
        var first = await FirstRefusalAsync(
            () => Visitor.SendOnceAsync(HttpMethod.Post, "/api/appointments", () => Visitor.Content("{}"u8.ToArray(), "application/json")), atMost: 60);
        (first.Status, first.Code).ShouldBe((429, "too-many"));
    }

    [Fact]
    public async Task Someone_who_tries_keys_is_stopped()
    {
        var first = await FirstRefusalAsync(() => Visitor.SendOnceAsync(HttpMethod.Get, "/api/appointments/69-K7Q2-9XM4?key=0000000000000"), atMost: 30);
        (first.Status, first.Code).ShouldBe((429, "too-many"));
    }

    private static async Task<Contract.Reply> FirstRefusalAsync(Func<Task<Contract.Reply>> ask, int atMost)
    {
        for (var left = atMost; ; left--)
        {
            var asked = Stopwatch.GetTimestamp();
            var reply = await ask();
            if (reply.Status == 429 || left == 0)
            {
                Stopwatch.GetElapsedTime(asked).ShouldBeLessThan(Prompt);
                return reply;
            }
        }
    }
}
