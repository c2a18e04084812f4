using System.Text.Json;
using System.Text.RegularExpressions;
using Rdv.Tests.Contract;

namespace Rdv.Tests.Fuzzing;

/// <summary>What no answer may be, whatever was asked. The oracle of the fuzzer: it knows nothing of what the answer should have been.</summary>
/// <param name="secrets">What no visitor may read: addresses of advisors.</param>
internal sealed partial class Judge(Uri site, IReadOnlyList<string> secrets)
{
    private static readonly Description Api = Description.Load();

    // What Kestrel and routing answer themselves, before anything of ours has run: the platform's in Azure.
    private static readonly int[] BeforeUs = [400, 404, 405, 408, 411, 413, 414, 431];

    /// <returns>What is wrong with the answer; empty when nothing is.</returns>
    public IEnumerable<string> Look(Call call, Reply reply)
    {
        var page = reply.MediaType == "text/html";
        if (reply.Status >= 500)
        {
            yield return $"{reply.Status}";
            yield break;
        }

        var ours = reply.Header("X-Content-Type-Options") is not null;
        if (!ours)
        {
            if (!BeforeUs.Contains(reply.Status) || reply.Bytes.Length > 0)
            {
                yield return $"{reply.Status} {reply.MediaType} without the headers of every answer";
            }

            yield break;
        }

        if (reply.Header("X-Content-Type-Options") != "nosniff" || reply.Header("X-Frame-Options") != "DENY" || reply.Header("Referrer-Policy") is null
            || reply.Header("Strict-Transport-Security") is not null || reply.Header("Content-Security-Policy")?.Contains("default-src 'none'", StringComparison.Ordinal) != true)
        {
            yield return "a security header is missing, or another";
        }

        if (reply.Header(Strange.Header) is not null)
        {
            yield return "a header of the request's making";
        }

        if (reply.Header("Location") is { } location && !IsOurs(location))
        {
            yield return $"sent on to {location}";
        }

        if (page && (reply.Text.Contains("zq7\"'", StringComparison.Ordinal) || reply.Text.Contains("<zq7", StringComparison.OrdinalIgnoreCase) || Script().IsMatch(reply.Text)))
        {
            yield return "what was sent stands in the page as it was sent";
        }

        if (Leak().Match(reply.Text) is { Success: true, Value: var leak })
        {
            yield return $"tells of the inside: {leak}";
        }

        // A feed has its key in its address, and is the advisor's own.
        if (call.Persona is null && !call.Target.StartsWith("/calendars/", StringComparison.Ordinal) && !call.Headers.Any(header => header.Name == "Cookie") && secrets.FirstOrDefault(secret => reply.Text.Contains(secret, StringComparison.OrdinalIgnoreCase)) is { } secret)
        {
            yield return $"tells a visitor {secret}";
        }

        if (call.IsRead && reply.Status == 200 && StaffAddress().IsMatch(call.Target) && reply.Header("Cache-Control")?.Contains("no-store", StringComparison.Ordinal) != true)
        {
            yield return $"may be kept by a cache: {reply.Header("Cache-Control")}";
        }

        if (call.Method == "HEAD")
        {
            if (reply.Bytes.Length > 0)
            {
                yield return "a body to HEAD";
            }

            yield break;
        }

        foreach (var wrong in page ? LookAtPage(reply) : LookAtData(call, reply))
        {
            yield return wrong;
        }
    }

    private static IEnumerable<string> LookAtPage(Reply reply)
    {
        if (!reply.Text.Contains("<html lang=\"fr\"", StringComparison.Ordinal) || !reply.Text.Contains("<main", StringComparison.Ordinal) || !reply.Text.TrimEnd().EndsWith("</html>", StringComparison.Ordinal))
        {
            yield return "a page without the layout";
        }
    }

    private static IEnumerable<string> LookAtData(Call call, Reply reply)
    {
        if (reply.Status >= 400)
        {
            if (reply.MediaType != "application/problem+json" || !Code().IsMatch(reply.Code ?? ""))
            {
                yield return $"{reply.Status} {reply.MediaType} is no problem with a name";
            }
        }
        else if (reply.MediaType == "text/csv")
        {
            if (reply.Text.Split('\n').SelectMany(line => line.TrimEnd('\r').Split(';')).FirstOrDefault(cell => Formula().IsMatch(cell.Trim('"'))) is { } formula)
            {
                yield return $"a formula in a spreadsheet: {formula}";
            }
        }

        // What the description says of it; what was sent to another address, or in another way, may be answered in another.
        if (!call.IsRouted || !call.Route.StartsWith("/api/", StringComparison.Ordinal) || reply.MediaType is not ("application/json" or "application/problem+json"))
        {
            yield break;
        }

        if (Api.ResponseOf(call.Route, call.Method, reply.Status) is not { } described)
        {
            // Of every call of staff that changes something, in the conventions of the contract.
            if (reply.Status == 403 && (call.Persona is not null || call.Headers.Any(header => header.Name == "Cookie")) && call.Headers.Any(header => header.Name is "Origin" or "Sec-Fetch-Site"))
            {
                yield break;
            }

            yield return $"{reply.Status}, of which the description says nothing";
        }
        else if (described.TryGetProperty("content", out var content) && content.TryGetProperty(reply.MediaType, out var media))
        {
            foreach (var problem in Api.Check(reply.Json, media.GetProperty("schema")).Take(1))
            {
                yield return $"{reply.Status}, not as described: {problem}";
            }
        }
    }

    private bool IsOurs(string location) =>
        location is ['/', ..] ? location is not ['/', '/' or '\\', ..]
        : location.StartsWith(site.GetLeftPart(UriPartial.Authority) + "/", StringComparison.Ordinal) || (location.Length > 0 && !location.Contains(':', StringComparison.Ordinal));

    [GeneratedRegex("(href|action|formaction)=\"?\\s*(javascript|data|vbscript):|src=\"?\\s*(javascript|vbscript):|\\son\\w+=[\"']?zq7", RegexOptions.IgnoreCase)]
    private static partial Regex Script();

    [GeneratedRegex(@"\bat (Rdv|System|Microsoft|Azure)\.|Exception\b|Microsoft\.AspNetCore|System\.Text\.Json|The JSON value|AccountKey|devstoreaccount|RequestId:|\.cs:line")]
    private static partial Regex Leak();

    [GeneratedRegex("^/(api/(hotline|advisors|structures|admin)|hotline|advisor|structure|gestion)(/|\\?|$)")]
    private static partial Regex StaffAddress();

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex Code();

    // A number that is negative is none.
    [GeneratedRegex(@"^[=+@\t]|^-(?!\d+([.,]\d+)?$)")]
    private static partial Regex Formula();
}
