using System.Text;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Acceptance;

/// <summary>What is not as it should be is told as 400, whatever server stands in between.</summary>
public abstract class BadInputJourneys(Target target) : Journeys(target)
{
    private const int MaxBytes = 64 * 1024;

    public static TheoryData<string> Kinds => [.. Bodies.Keys];

    // Made when they are sent: some are large.
    private static readonly Dictionary<string, Func<byte[]>> Bodies = new()
    {
        ["nothing"] = () => [],
        ["cut"] = () => "{ \"territory\": \"69\", "u8.ToArray(),
        ["a form"] = () => "territory=69&topic=premiers-pas"u8.ToArray(),
        ["null"] = () => "null"u8.ToArray(),
        ["an array"] = () => "[]"u8.ToArray(),
        ["wrong types"] = () => """{ "territory": 69, "citizen": [], "start": {}, "key": 1, "phone": [], "hold": {} }"""u8.ToArray(),
        ["invalid UTF-8"] = () => [.. "{ \"territory\": \""u8, 0xFF, 0xC3, 0x28, .. "\" }"u8],
        ["UTF-16"] = () => Encoding.Unicode.GetBytes("{ \"territory\": \"69\" }"),
        ["a lone surrogate"] = () => """{ "territory": "\ud800", "key": "\ud800" }"""u8.ToArray(),
        ["deep"] = () => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000)),
        ["64 KB and one"] = () => Long(MaxBytes + 1),
        ["1 MB"] = () => Long(1024 * 1024),
        ["31 MB"] = () => Long(31 * 1024 * 1024),
        ["60 MB"] = () => Long(60 * 1024 * 1024),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_body_that_is_not_what_it_should_be_is_invalid(string kind)
    {
        foreach (var path in new[] { "/api/appointments", "/api/holds" })
        {
            var reply = await Visitor.PostAsync(path, Bodies[kind](), "application/json");
            (reply.Status, reply.Code).ShouldBe((400, "invalid"), $"{path}: {reply}");
        }
    }

    [Theory]
    [InlineData("64 KB and one")]
    [InlineData("31 MB")]
    public async Task So_is_one_that_does_not_say_its_length(string kind)
    {
        var reply = await Visitor.SendAsync(
            HttpMethod.Post, "/api/appointments", () => Visitor.Content(Bodies[kind](), "application/json"), request => request.Headers.TransferEncodingChunked = true);
        (reply.Status, reply.Code).ShouldBe((400, "invalid"), reply.ToString());
    }

    [Fact]
    public async Task A_form_that_is_far_too_long_is_a_page()
    {
        var reply = await Visitor.SendAsync(
            HttpMethod.Post,
            "/reserver",
            () => Visitor.Content(Long(31 * 1024 * 1024), "application/x-www-form-urlencoded"),
            request => request.Headers.Add("Accept", "text/html"));
        (reply.Status, reply.MediaType).ShouldBe((400, "text/html"), reply.ToString());
    }

    [Theory]
    [InlineData("/api/territories/69/slots")]
    [InlineData("/api/territories/69/slots?topic=rien")]
    [InlineData("/api/territories/69/slots?topic=premiers-pas&from=2026-02-30")]
    [InlineData("/api/territories/69/slots?topic=premiers-pas&days=43")]
    [InlineData("/api/territories/69/slots?topic=premiers-pas&from=9999-12-31")]
    public async Task A_question_that_is_not_what_it_should_be_is_invalid(string address)
    {
        var reply = await Visitor.GetAsync(address);
        (reply.Status, reply.Code).ShouldBe((400, "invalid"), reply.ToString());
    }

    private static byte[] Long(int length)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, (byte)'a');
        "{ \"note\": \""u8.CopyTo(bytes);
        "\" }"u8.CopyTo(bytes.AsSpan(length - 3));
        return bytes;
    }
}
