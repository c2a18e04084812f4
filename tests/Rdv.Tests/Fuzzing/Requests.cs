using System.Text;

namespace Rdv.Tests.Fuzzing;

/// <summary>What is odd around a request, whatever it asks: headers, media types, methods, chunks.</summary>
internal static class Requests
{
    private static readonly string[] Names =
    [
        "If-Match", "If-None-Match", "If-Modified-Since", "Idempotency-Key", "Range", "Accept", "Accept-Encoding", "Accept-Language", "Origin", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Referer", "Cookie",
        "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "X-MS-CLIENT-PRINCIPAL", "Authorization", "Content-Encoding",
        "WebHook-Request-Origin", "aeg-event-type", "User-Agent", "Traceparent", "X-Requested-With", "Cache-Control", "Via",
    ];

    private static readonly string[] Headers =
    [
        "*", "\"3\"", "W/\"3\"", "3", "\"", "\"3\", \"4\"", "bytes=0-0", "bytes=-1", "bytes=0-,5-", "text/html", "text/html;q=2", "application/json", "text/csv", "text/csv, text/html", ";;;,,,=", "*/*;q=0",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "gzip", "br;q=9", "gzip, br, zstd, deflate", "null", "http://127.0.0.1", "https://zq7.example", "same-origin", "cross-site", "none",
        "rdv-client=x; rdv-role=admin; rdv-persona=admin", "rdv-persona=admin", "rdv-role=\"; rdv-role=hotline", "rdv-client=CfDJ8" + "AAAA", "DELETE", "eyJjbGFpbXMiOlt7InR5cCI6InJvbGVzIiwidmFsIjoiYWRtaW4ifV19",
        "127.0.0.1", "192.0.2.1, 10.0.0.1", "[::1]:80", "zq7.example", "/gestion", "Thu, 01 Jan 1970 00:00:00 GMT", "chunked", "identity", "fr-FR,fr;q=0.9", "ar", "Bearer x", "SubscriptionValidation",
    ];

    private static readonly string[] MediaTypes =
    [
        "application/json", "application/json; charset=utf-8", "application/json; charset=utf-16", "application/json; charset=nothing", "text/plain", "text/csv", "text/csv; charset=iso-8859-1", "text/json", "*/*", "",
        ";", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-7", "multipart/form-data", "multipart/form-data; boundary=x", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"" + "\"",
        "application/problem+json", "application/xml", "image/png", "application/octet-stream", "application/cloudevents+json",
    ];

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "FOO"];

    public static Call Spoilt(Random random, Call call)
    {
        var headers = call.Headers.ToList();
        if (random.Next(3) == 0)
        {
            for (var more = random.Next(1, 4); more > 0; more--)
            {
                headers.Add((Strange.Of(random, Names), random.Next(4) == 0 ? Sendable(Strange.Text(random)) : Strange.Of(random, Headers)));
            }
        }

        call = call with { Headers = headers, Chunked = random.Next(8) == 0 };
        if (random.Next(16) == 0)
        {
            call = call with { Method = Strange.Of(random, Methods), IsRouted = false };
        }

        return call.Body is not null && random.Next(12) == 0 ? call with { ContentType = Strange.Of(random, MediaTypes), IsRouted = call.IsRouted } : call;
    }

    /// <summary>Who asks: mostly someone who may, so that more is reached than the door.</summary>
    public static string? Persona(Random random, string? right) => random.Next(8) switch
    {
        0 => null,
        1 => Strange.Of(random, Values.Personas),
        2 when random.Next(4) == 0 => Sendable(Strange.Text(random)),
        _ => right,
    };

    /// <summary>Names and values as a query or a form carries them, some of them changed, doubled or left out.</summary>
    public static string Pairs(Random random, IEnumerable<(string Name, string Value)> right, IReadOnlyList<string> others)
    {
        var pairs = right.Select(pair => (pair.Name, Value: Uri.EscapeDataString(pair.Value))).ToList();
        for (var changes = random.Next(6) - 2; changes > 0; changes--)
        {
            var at = random.Next(pairs.Count + 1);
            switch (random.Next(6))
            {
                case 0 when at < pairs.Count:
                    pairs.RemoveAt(at);
                    break;
                case 1 when at < pairs.Count:
                    pairs.Insert(random.Next(pairs.Count), (pairs[at].Name, Strange.Escaped(random, Strange.Text(random))));
                    break;
                case 2 when others.Count > 0:
                    pairs.Add((Strange.Of(random, others), Strange.Escaped(random, Strange.Text(random))));
                    break;
                case 3 when at < pairs.Count:
                    pairs[at] = (pairs[at].Name + Strange.Of(random, (string[])["[]", "[0]", ".x", "%00", "%5B%5D"]), pairs[at].Value);
                    break;
                default:
                    if (at < pairs.Count)
                    {
                        pairs[at] = (pairs[at].Name, Strange.Escaped(random, Strange.Text(random)));
                    }

                    break;
            }
        }

        return string.Join('&', pairs.Select(pair => pair.Value.Length == 0 && random.Next(4) == 0 ? pair.Name : $"{pair.Name}={pair.Value}"));
    }

    /// <summary>A line of a request is 8 KB at most for the server.</summary>
    public static string Target(string path, string query) => (path + (query.Length > 0 ? "?" + query : "")) is { Length: > 7500 } longer ? longer[..7500] : path + (query.Length > 0 ? "?" + query : "");

    /// <summary>The form's bytes, at times not what a form is.</summary>
    public static byte[] Form(Random random, string pairs) => random.Next(30) switch
    {
        0 => [.. Encoding.UTF8.GetBytes(pairs), 0xFF, (byte)'&', 0x00],
        1 => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(pairs)],
        2 => Encoding.Unicode.GetBytes(pairs),
        3 => Encoding.UTF8.GetBytes(pairs + string.Concat(Enumerable.Range(0, random.Next(1, 2000)).Select(i => $"&f{i}="))),
        _ => Encoding.UTF8.GetBytes(pairs),
    };

    private static string Sendable(string text) => string.Concat(text.Where(letter => letter is >= ' ' and not '\u007F').Take(4000)).Trim();
}
