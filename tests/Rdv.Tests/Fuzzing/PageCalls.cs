using System.Text;
using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Rdv.Tests.Contract;

namespace Rdv.Tests.Fuzzing;

/// <summary>Draws the pages and the forms of the product: every trigger that is no part of the API, with the fields that the pages themselves show.</summary>
internal sealed partial class PageCalls
{
    private const int MaxPages = 260;

    private static readonly Trigger[] All =
    [
        .. Triggers.Http.Where(trigger => !trigger.Route.StartsWith("api/", StringComparison.Ordinal)),
    ];

    private static readonly (Trigger Trigger, Regex Pattern)[] Patterns =
    [
        .. All.OrderBy(trigger => trigger.Route.Count(letter => letter == '{'))
            .Select(trigger => (trigger, new Regex("^/" + Parameter().Replace(trigger.Route, "[^/]*") + "$", RegexOptions.CultureInvariant))),
    ];

    private readonly Dictionary<Trigger, List<Form>> _forms = [];
    private readonly HashSet<string> _fields = [];
    private readonly Values _values;

    private PageCalls(Values values) => _values = values;

    /// <summary>The triggers for which a page was found that has their form, or a link to them.</summary>
    public IEnumerable<Trigger> Found => _forms.Keys;

    public static IReadOnlyList<Trigger> Triggered => All;

    /// <summary>Reads the pages as each of the staff and as a visitor, follows their links and sends their forms once, to learn what they hold.</summary>
    public static async Task<PageCalls> CrawlAsync(ContractApp app, Values values)
    {
        var calls = new PageCalls(values);
        var random = new Random(1);
        var context = BrowsingContext.New();
        var waiting = new Queue<(string? Persona, Call Call)>();
        var seen = new Dictionary<string, int>();
        foreach (var persona in (string?[])[null, "hotline", "advisor:69/" + ContractApp.Advisor, "structure:69/" + ContractApp.Structure, "admin"])
        {
            foreach (var trigger in All.Where(trigger => trigger.Method == "GET"))
            {
                var path = Triggers.Fill(trigger.Route, parameter => values.Of(random, parameter, trigger.Route));
                Enqueue(persona, new Call("GET", trigger.Route, path + "?commune=69256&sujet=premiers-pas&departement=69&conseiller=" + ContractApp.Advisor));
            }
        }

        for (var pages = 0; pages < MaxPages && waiting.TryDequeue(out var next); pages++)
        {
            using var request = (next.Call with { Persona = next.Persona }).ToRequest(app.App.BaseUrl);
            var reply = await app.SendAsync(
                request.Method, next.Call.Target, next.Call.Body is { } body ? ContractApp.Content(body, next.Call.ContentType!) : null, next.Persona);
            if (reply.Status == 303 && reply.Header("Location") is ['/', ..] location)
            {
                Enqueue(next.Persona, new Call("GET", "", location));
            }

            if (reply.MediaType != "text/html")
            {
                continue;
            }

            var page = await context.OpenAsync(response => response.Content(reply.Text).Address("http://site" + next.Call.Target));
            foreach (var link in page.QuerySelectorAll("a[href^='/']").Select(link => link.GetAttribute("href")!))
            {
                Learn("GET", link, next.Persona, false, []);
            }

            foreach (var form in page.QuerySelectorAll<IHtmlFormElement>("form"))
            {
                var fields = Fields(form);
                var action = form.GetAttribute("action") is { Length: > 0 } to ? to : next.Call.Target;
                Learn(form.Method.ToUpperInvariant(), action, next.Persona, form.Enctype == "multipart/form-data", fields);
            }
        }

        return calls;

        void Learn(string method, string address, string? persona, bool isMultipart, List<(string Name, string Value)> fields)
        {
            var path = address.Split('?')[0];
            if (Patterns.FirstOrDefault(one => one.Trigger.Method == method && one.Pattern.IsMatch(path)).Trigger is not { } trigger)
            {
                return;
            }

            var query = address.Contains('?', StringComparison.Ordinal)
                ? address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('#')[0].Split('&').Select(pair => pair.Split('=', 2)).Select(pair => (Uri.UnescapeDataString(pair[0].Replace('+', ' ')), Uri.UnescapeDataString(pair.ElementAtOrDefault(1)?.Replace('+', ' ') ?? ""))).ToList()
                : [];
            if (method == "GET")
            {
                (query, fields) = ([.. query, .. fields], []);
            }

            calls._fields.UnionWith(query.Concat(fields).Select(pair => pair.Item1));
            var forms = calls._forms.TryGetValue(trigger, out var known) ? known : calls._forms[trigger] = [];
            forms.Add(new Form(path, persona, query, fields, isMultipart));
            if (!isMultipart)
            {
                var pairs = string.Join('&', query.Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}"));
                Enqueue(persona, new Call(method, trigger.Route, Requests.Target(path, pairs))
                {
                    ContentType = method == "GET" ? null : "application/x-www-form-urlencoded",
                    Body = method == "GET" ? null : Encoding.UTF8.GetBytes(string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"))),
                });
            }
        }

        // Each trigger with each set of names, as each of them, twice: a week's hundred slots are one form.
        void Enqueue(string? persona, Call call)
        {
            var names = call.Target.Contains('?', StringComparison.Ordinal) ? string.Join('&', call.Target[call.Target.IndexOf('?', StringComparison.Ordinal)..].Split('&').Select(pair => pair.Split('=')[0])) : "";
            var path = call.Target.Split('?')[0];
            var route = Patterns.FirstOrDefault(one => one.Trigger.Method == call.Method && one.Pattern.IsMatch(path)).Trigger?.Route ?? path;
            var key = $"{persona} {call.Method} {route} {names}";
            if (!path.StartsWith("/dev", StringComparison.Ordinal) && (seen[key] = seen.GetValueOrDefault(key) + 1) <= 2)
            {
                waiting.Enqueue((persona, call));
            }
        }
    }

    public Call Draw(Random random)
    {
        var trigger = All[random.Next(All.Length)];
        var known = _forms.GetValueOrDefault(trigger);
        var form = known is not null && random.Next(12) > 0
            ? known[random.Next(known.Count)]
            : new Form(Triggers.Fill(trigger.Route, parameter => _values.Of(random, parameter, trigger.Route)), "admin", [], [.. _fields.Where(_ => random.Next(6) == 0).Select(field => (field, Strange.Text(random)))], false);
        var path = random.Next(8) == 0
            ? Triggers.Fill(trigger.Route, parameter => random.Next(2) == 0 ? _values.Of(random, parameter, trigger.Route) : Strange.Escaped(random, Strange.Text(random)))
            : form.Path;
        var others = _fields.ToArray();
        var call = new Call(trigger.Method, trigger.Route, Requests.Target(path, Requests.Pairs(random, form.Query, trigger.Method == "GET" ? others : [])))
        {
            Persona = Requests.Persona(random, form.Persona),
            IsRouted = false,
        };
        if (trigger.Method == "POST")
        {
            call = form.IsMultipart
                ? call with { ContentType = "multipart/form-data; boundary=x", Body = Multipart(random, form) }
                : call with { ContentType = "application/x-www-form-urlencoded", Body = Requests.Form(random, Requests.Pairs(random, Typed(random, form), others)) };
        }

        return Requests.Spoilt(random, call);
    }

    /// <summary>What people type into the fields that stand empty.</summary>
    private IEnumerable<(string Name, string Value)> Typed(Random random, Form form) => form.Fields.Select(field =>
        (field.Name, field.Value.Length > 0 || random.Next(4) == 0 ? field.Value
            : field.Name.Contains("tel", StringComparison.Ordinal) ? Values.Phone(random)
            : field.Name is "du" or "au" or "jour" or "date" or "le" ? _values.Day(random.Next(40))
            : random.Next(3) > 0 ? "Odette Fictive" : Strange.Text(random)));

    private static byte[] Multipart(Random random, Form form)
    {
        var body = new StringBuilder();
        foreach (var (name, value) in form.Fields)
        {
            body.Append(random.Next(3) > 0
                ? $"--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{(random.Next(2) == 0 ? value : Strange.Text(random))}\r\n"
                : $"--x\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{(random.Next(2) == 0 ? "a.csv" : Strange.Text(random))}\"\r\nContent-Type: text/csv\r\n\r\nid,nom,commune,code_postal,code_insee,adresse\nzq{random.Next(9)},{Strange.Text(random)},Vaulx-en-Velin,69120,69256,4 place\r\n");
        }

        body.Append("--x--\r\n");
        var bytes = Encoding.UTF8.GetBytes(body.ToString());
        return random.Next(10) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static List<(string Name, string Value)> Fields(IHtmlFormElement form)
    {
        var fields = new List<(string, string)>();
        var radios = new HashSet<string>();
        foreach (var element in form.Elements)
        {
            switch (element)
            {
                case IHtmlInputElement { Name: { } name, Type: "radio" } radio when radios.Add(name):
                    fields.Add((name, radio.Value));
                    break;
                case IHtmlInputElement { Type: "radio" }:
                    break;
                case IHtmlInputElement { Name: { } name } input:
                    fields.Add((name, input.Value));
                    break;
                case IHtmlSelectElement { Name: { } name } select:
                    fields.Add((name, select.Value ?? ""));
                    break;
                case IHtmlTextAreaElement { Name: { } name } area:
                    fields.Add((name, area.Value));
                    break;
                case IHtmlButtonElement { Name: { Length: > 0 } name } button:
                    fields.Add((name, button.Value));
                    break;
            }
        }

        return fields;
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    private sealed record Form(string Path, string? Persona, List<(string Name, string Value)> Query, List<(string Name, string Value)> Fields, bool IsMultipart);
}
