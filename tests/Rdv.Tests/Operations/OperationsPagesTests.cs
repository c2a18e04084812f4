using System.Text.RegularExpressions;
using Rdv.Restore;
using Rdv.Tests.Contract;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Operations;

/// <summary>Whatever the pages for operations name, there is: who reads them at night cannot ask.</summary>
public sealed partial class OperationsPagesTests
{
    // Of the host and of the platform, and no routes of ours.
    private static readonly string[] NotOurs = ["/.auth/", "/admin/functions/", "/subscriptions/"];

    // Of other systems, or for the reader to fill in.
    private static readonly string[] Placeholders =
    [
        "group", "you", "subscription", "territory", "code", "version", "kind", "recipient", "reference", "id", "name", "domain", "tenant", "n",
        "channel", "person", "month", "key", "manifest", "owner", "repository", "appId",
        // Units of metrics (UCUM, annotations).
        "booking", "refusal", "message", "conflict",
    ];

    public static TheoryData<string> Pages { get; } =
    [
        "docs/operations.md", "docs/deployment.md", "docs/costs.md", "infra/README.md",
        .. System.IO.Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "docs", "incidents"), "*.md").Select(file => "docs/incidents/" + Path.GetFileName(file)),
    ];

    private static HashSet<string> Functions { get; } = [.. Triggers.Methods.Select(method => method.GetCustomAttributesData()
        .First(attribute => attribute.AttributeType.Name == "FunctionAttribute").ConstructorArguments[0].Value!.ToString()!)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void An_address_is_a_route(string page)
    {
        foreach (Match match in Address().Matches(Text(page)))
        {
            var (method, path) = (match.Groups["method"].Value, match.Groups["path"].Value.TrimEnd('.', '/'));
            if (Array.Exists(NotOurs, path.StartsWith))
            {
                continue;
            }

            Triggers.Http.ShouldContain(
                trigger => (method.Length == 0 || trigger.Method == method) && IsAt(trigger.Route, path), $"{page}: {match.Value.Trim()} is no route");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_setting_is_read_or_set(string page)
    {
        var known = SettingName().Matches(RepositoryRoot.Text("docs", "operations.md").Split("## Settings")[1].Split("\n## ")[0]).Select(match => match.Value).ToHashSet();
        known.Count.ShouldBeGreaterThan(40);
        SettingName().Matches(Text(page)).Select(match => RingNumber().Replace(match.Value, "__n")).Where(name => !name.EndsWith("__", StringComparison.Ordinal))
            .Except(known).ShouldBeEmpty(page);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_function_has_that_name(string page) =>
        FunctionName().Matches(Text(page)).SelectMany(match => match.Groups["name"].Captures).Select(name => name.Value).Except(Functions).ShouldBeEmpty(page);

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_file_is_there(string page) => FileName().Matches(Text(page)).Select(match => match.Groups[1].Value)
        // For the reader to write.
        .Where(file => file is not "infra/production.bicepparam" && !Path.Exists(Path.Combine([RepositoryRoot.Path, .. file.Split('/')])))
        .ShouldBeEmpty(page);

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_link_leads_somewhere(string page)
    {
        foreach (Match match in Link().Matches(Text(page)))
        {
            var (file, heading) = (match.Groups["file"].Value, match.Groups["heading"].Value);
            var target = file.Length == 0 ? Path.Combine([RepositoryRoot.Path, .. page.Split('/')]) : Path.GetFullPath(Path.Combine(RepositoryRoot.Path, Path.GetDirectoryName(page)!, file));
            Path.Exists(target).ShouldBeTrue($"{page}: {match.Value}");
            if (heading.Length > 0)
            {
                Heading().Matches(File.ReadAllText(target)).Select(line => Slug(line.Groups[1].Value)).ShouldContain(heading, $"{page}: {match.Value}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_parameter_and_an_output_are_in_the_templates(string page)
    {
        var main = RepositoryRoot.Text("infra", "main.bicep");
        var types = RepositoryRoot.Text("infra", "modules", "types.bicep");
        var parameters = Parameter().Matches(main).Concat(Property().Matches(types)).Select(match => match.Groups[1].Value).ToHashSet();
        Assigned().Matches(Text(page)).Select(match => match.Groups[1].Value.Split('.')[^1]).Except(parameters).ShouldBeEmpty($"{page}: no parameter");

        var outputs = Output().Matches(main).Select(match => match.Groups[1].Value).ToHashSet();
        Placeholder().Matches(Text(page)).Select(match => match.Groups[1].Value)
            .Where(name => !outputs.Contains(name) && !Placeholders.Contains(name) && !parameters.Contains(name.Split('.')[^1]))
            .ShouldBeEmpty($"{page}: no output");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_restore_takes_the_options_that_it_is_given(string page)
    {
        var options = Option().Matches(RestoreArguments.Usage).Select(match => match.Value).ToHashSet();
        Text(page).Split('\n').Where(line => line.Contains("Rdv.Restore --", StringComparison.Ordinal))
            .SelectMany(line => Option().Matches(line[line.IndexOf("Rdv.Restore", StringComparison.Ordinal)..].Split('`')[0]))
            .Select(match => match.Value).Where(option => option != "--").Except(options).ShouldBeEmpty(page);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_test_that_is_named_is_there(string page)
    {
        var tests = string.Concat(System.IO.Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "tests", "Rdv.Tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        TestName().Matches(Text(page)).Select(match => match.Groups[1].Value).ShouldAllBe(name => tests.Contains($" {name}(", StringComparison.Ordinal), page);
    }

    /// <summary>Who acts on the wrong page loses the night: each incident begins with what to do, and ends.</summary>
    [Fact]
    public void An_incident_says_what_to_do_now_and_afterwards_and_the_first_page_leads_to_each()
    {
        var first = Text("docs/incidents/README.md");
        var incidents = System.IO.Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "docs", "incidents"), "*.md").Select(Path.GetFileName).Except(["README.md"]).ToList();
        incidents.Count.ShouldBe(8);
        foreach (var incident in incidents)
        {
            first.ShouldContain($"]({incident})");
            var text = Text("docs/incidents/" + incident);
            text.ShouldContain("**What it is.**", customMessage: incident);
            text.Split('\n').Length.ShouldBeLessThan(80, "one page: " + incident);
        }
    }

    /// <summary>A word in braces stands for one segment, in the page and in the route.</summary>
    private static bool IsAt(string route, string path)
    {
        var (ours, asked) = (route.Split('/'), path.TrimStart('/').Split('/'));
        return ours.Length == asked.Length && ours.Zip(asked).All(both => both.First.StartsWith('{') || both.First == both.Second);
    }

    private static string Text(string page) => RepositoryRoot.Text(page.Split('/'));

    private static string Slug(string heading) => NotInSlug().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    // After a method, a host, or a backtick: a word between slashes in a sentence is none.
    [GeneratedRegex(@"(?:(?<method>GET|POST|PUT|DELETE) |`|\{hostName\}|\{host\}|\{siteBaseUrl\}|\$host)(?<path>/(?!assets\b|r/|p/|…|tmp)[a-z.][\w.{}/-]*)")]
    private static partial Regex Address();

    [GeneratedRegex(@"\b(?:Tables|Backup|Hotline|Site|Smtp|Sms|Keys|Booking|SignIn|Proxy|Limits|Waiting|Privacy)__\w+")]
    private static partial Regex SettingName();

    [GeneratedRegex(@"__\d+$")]
    private static partial Regex RingNumber();

    [GeneratedRegex("""(?:/admin/functions/(?!\{)(?<name>\w+)|(?<!Operation)Name == "(?<name>[A-Z]\w+)"|[Ll]og of `(?<name>\w+)`(?:(?:,| and| or) (?:of )?`(?<name>[A-Z]\w+)`)*)""")]
    private static partial Regex FunctionName();

    [GeneratedRegex(@"[`\s(]((?:infra|docs|tests|functions|\.github)/[\w./-]*\w|azure\.yaml)")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\]\((?!https?:)(?<file>[^)#]*)(?:#(?<heading>[^)]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInSlug();

    [GeneratedRegex(@"^param (\w+)", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^  (\w+): ", RegexOptions.Multiline)]
    private static partial Regex Property();

    [GeneratedRegex(@"^output (\w+)", RegexOptions.Multiline)]
    private static partial Regex Output();

    [GeneratedRegex(@"`([a-z][\w.]*) = [^=]")]
    private static partial Regex Assigned();

    [GeneratedRegex(@"(?<!%)\{([a-z][\w.]*)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"--[a-z][a-z-]*")]
    private static partial Regex Option();

    [GeneratedRegex(@"`([A-Z][a-z0-9]*(?:_[A-Za-z0-9]+){4,})`")]
    private static partial Regex TestName();
}
