using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Operations;

/// <summary>The settings that docs/operations.md lists are those that the code reads and those that the templates set.</summary>
public sealed partial class SettingsPageTests
{
    private static readonly string[] Projects = ["Rdv.Functions", "Rdv.Azure"];

    [Fact]
    public void The_page_lists_what_is_read_and_what_is_set_and_nothing_else()
    {
        var known = Read().Concat(SetByTemplates()).Distinct().Order(StringComparer.Ordinal).ToList();
        known.Count.ShouldBeGreaterThan(20);
        OnThePage().Order(StringComparer.Ordinal).ShouldBe(known);
    }

    [Fact]
    public void The_templates_set_what_the_app_does_not_start_without() =>
        Required().Matches(Code()).Select(match => Named(match.Groups[1].Value)).Distinct().Except(SetByTemplates()).ShouldBeEmpty();

    [Fact]
    public void The_templates_set_nothing_of_ours_that_nobody_reads() =>
        SetByTemplates().Where(name => Ours().IsMatch(name)).Except(Read()).ShouldBeEmpty();

    private static List<string> OnThePage() =>
        Row().Matches(Section("docs/operations.md", "## Settings")).SelectMany(row => Quoted().Matches(row.Groups[1].Value)).Select(name => name.Groups[1].Value)
            // "`AzureWebJobsStorage__accountName`, `__credential`": the rest of the name before.
            .Aggregate(new List<string>(), (names, name) =>
            {
                names.Add(name.StartsWith("__", StringComparison.Ordinal) ? names[^1][..names[^1].IndexOf("__", StringComparison.Ordinal)] + name : name);
                return names;
            });

    private static IEnumerable<string> Read() => Reading().Matches(Code()).Select(match => Named(match.Groups[1].Value))
        .Concat(Ring().Matches(Code()).SelectMany(match => new[] { $"Keys__{match.Groups[1].Value}__n", $"Keys__{match.Groups[1].Value}__Current" }))
        // The platform's own: read, never set by anyone.
        .Where(name => !name.StartsWith("WEBSITE_", StringComparison.Ordinal));

    private static IEnumerable<string> SetByTemplates()
    {
        var app = RepositoryRoot.Text("infra", "modules", "functionApp.bicep");
        var settings = app[app.IndexOf("resource appSettings", StringComparison.Ordinal)..app.IndexOf("resource signIn", StringComparison.Ordinal)];
        var main = RepositoryRoot.Text("infra", "main.bicep");
        var rings = Property().Matches(app[app.IndexOf("param keys {", StringComparison.Ordinal)..].Split('}')[0]).Select(match => match.Groups[1].Value);
        return Property().Matches(settings).Select(match => match.Groups[1].Value).Where(name => Name().IsMatch(name))
            .Concat(Setting().Matches(main).Select(match => match.Groups[1].Value))
            .Concat(rings.SelectMany(ring => new[] { $"Keys__{ring}__n", $"Keys__{ring}__Current" }))
            .Distinct();
    }

    private static string Code() => string.Concat(Projects
        .SelectMany(project => System.IO.Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "functions", project), "*.cs", SearchOption.AllDirectories))
        .Where(file => !Built().IsMatch(file))
        .Select(File.ReadAllText));

    private static string Section(string file, string heading)
    {
        var text = RepositoryRoot.Text(file.Split('/'));
        var from = text.IndexOf(heading, StringComparison.Ordinal);
        return text[from..text.IndexOf("\n## ", from + heading.Length, StringComparison.Ordinal)];
    }

    private static string Named(string inCode) => inCode.Replace(":", "__", StringComparison.Ordinal);

    [GeneratedRegex(@"(?:configuration\[|read\.(?!Section\(|Wrong\()\w+\()""([\w:]+)""")]
    private static partial Regex Reading();

    [GeneratedRegex(@"read\.(?:Required|Phone|Site|Mailbox|Sender)\(""([\w:]+)""")]
    private static partial Regex Required();

    [GeneratedRegex(@"Keyring\(read, ""(\w+)""\)")]
    private static partial Regex Ring();

    [GeneratedRegex(@"(?<![\w'.])(\w+): ")]
    private static partial Regex Property();

    [GeneratedRegex(@"(?<![\w'.])([A-Z]\w*__\w+): ")]
    private static partial Regex Setting();

    // Other words before a colon are Bicep's own.
    [GeneratedRegex("^([A-Z]+(_[A-Z]+)+|AzureWebJobs[A-Za-z_]+|[A-Z][A-Za-z]+__[A-Za-z]+)$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^(Tables|Backup|Hotline|Site|Smtp|Sms|Keys|Booking|SignIn|Proxy|Limits|Waiting|Privacy)__")]
    private static partial Regex Ours();

    [GeneratedRegex(@"^\| (`[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[/\\](obj|bin)[/\\]")]
    private static partial Regex Built();
}
