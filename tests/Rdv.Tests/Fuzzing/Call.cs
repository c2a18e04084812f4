using System.Text;

namespace Rdv.Tests.Fuzzing;

/// <summary>One request as it is sent, to the byte.</summary>
/// <param name="Route">The route that it was drawn for, as the description or the trigger has it; what is drawn may lead elsewhere.</param>
/// <param name="Target">Path and query, as they stand in the request.</param>
internal sealed record Call(string Method, string Route, string Target)
{
    public string? Persona { get; init; }

    public string? ContentType { get; init; }

    public byte[]? Body { get; init; }

    /// <summary>The body goes in chunks, its length unsaid.</summary>
    public bool Chunked { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public bool IsRead => Method is "GET" or "HEAD" or "OPTIONS" or "TRACE";

    /// <summary>Whether it was sent as the description says, and not to be answered by routing.</summary>
    public bool IsRouted { get; init; } = true;

    public HttpRequestMessage ToRequest(Uri site)
    {
        var request = new HttpRequestMessage(
            new HttpMethod(Method), new Uri(site.GetLeftPart(UriPartial.Authority) + Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (Persona is not null)
        {
            request.Headers.Add("X-Rdv-Persona", Persona);
        }

        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body);
            request.Headers.TransferEncodingChunked = Chunked;
            if (ContentType is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
            }
        }

        foreach (var (name, value) in Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    public override string ToString()
    {
        var body = Body is null ? "" : $" [{ContentType}{(Chunked ? ", chunked" : "")}] {Shown(Encoding.Latin1.GetString(Body))}";
        return $"{Method} {Shown(Target)} as {Persona ?? "a visitor"} {string.Join(' ', Headers.Select(header => $"({header.Name}: {Shown(header.Value)})"))}{body}";
    }

    private static string Shown(string text)
    {
        const int Most = 700;
        var shown = string.Concat(text.Take(Most).Select(letter => letter is < ' ' or > '~' ? $"\\x{(int)letter:x2}" : letter.ToString()));
        return text.Length > Most ? $"{shown}… ({text.Length})" : shown;
    }
}
