using System.Net.Sockets;
using System.Text;
using Rdv.Tests.Contract;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Http;

/// <summary>A body that is too long is <c>invalid</c> wherever it goes, and whoever sends it reads the answer.</summary>
[Collection(SharedContractApp.Name)]
public sealed class BodySizeTests(ContractApp app)
{
    private const int Mega = 1024 * 1024;

    // A server that nobody has told takes 30 MB, the Functions host 100.
    private static readonly int[] Sizes = [(20 * Mega) + 1, 31 * Mega, 100 * Mega];

    [Theory]
    [InlineData("/api/appointments", "application/json")]
    [InlineData("/api/hotline/search", "application/json")]
    [InlineData("/api/events/sms", "application/json")]
    [InlineData("/api/admin/import/structures", "text/csv")]
    [InlineData("/api/admin/import/advisors", "text/csv")]
    public async Task A_program_reads_that_it_is_invalid(string path, string type)
    {
        foreach (var size in Sizes)
        {
            foreach (var chunked in new[] { false, true })
            {
                var reply = await app.SendAsync(HttpMethod.Post, path, new Zeros(size, type, chunked), "admin");
                (reply.Status, reply.Code).ShouldBe((400, "invalid"), $"{size}, {chunked}: {reply}");
            }
        }
    }

    [Fact]
    public async Task A_person_reads_a_page()
    {
        foreach (var size in Sizes)
        {
            foreach (var chunked in new[] { false, true })
            {
                var reply = await app.SendAsync(HttpMethod.Post, "/reserver", new Zeros(size, "application/x-www-form-urlencoded", chunked));
                (reply.Status, reply.MediaType).ShouldBe((400, "text/html"), $"{size}, {chunked}: {reply}");
            }
        }
    }

    [Fact]
    public async Task Who_may_not_send_it_reads_that_too()
    {
        foreach (var size in Sizes)
        {
            (await app.SendAsync(HttpMethod.Post, "/api/admin/import/structures", new Zeros(size, "text/csv", chunked: false))).Code.ShouldBe("unauthenticated");
        }
    }

    /// <summary>The server throws away by itself what nobody has read, for five seconds.</summary>
    [Fact]
    public async Task A_slow_sender_reads_the_answer_too()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", app.App.BaseUrl.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await SendAsync($"POST /api/holds HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {Mega}\r\nConnection: close\r\n\r\n");
        for (var sent = 0; sent < Mega; sent += Mega / 8)
        {
            await SendAsync(new string(' ', Mega / 8));
            await Task.Delay(TimeSpan.FromMilliseconds(800), TestContext.Current.CancellationToken);
        }

        using var reader = new StreamReader(stream, Encoding.Latin1);
        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldStartWith("HTTP/1.1 400");

        Task SendAsync(string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken).AsTask();
    }

    private sealed class Zeros : HttpContent
    {
        private static readonly byte[] Chunk = new byte[64 * 1024];
        private readonly int _length;
        private readonly bool _chunked;

        public Zeros(int length, string type, bool chunked)
        {
            (_length, _chunked) = (length, chunked);
            Headers.TryAddWithoutValidation("Content-Type", type);
        }

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            for (var left = _length; left > 0; left -= Chunk.Length)
            {
                await stream.WriteAsync(Chunk.AsMemory(0, Math.Min(left, Chunk.Length)));
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _length;
            return !_chunked;
        }
    }
}
