using System.Globalization;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Architecture;

/// <summary>docs/security.md names what is there, and answers every requirement of levels 1 and 2 of ASVS 5.0.0 once.</summary>
public sealed partial class SecurityPageTests
{
    // https://github.com/OWASP/ASVS/tree/master/5.0: section, then the requirements of levels 1 and 2 in it.
    private const string Standard =
        "1.1.1-2 1.2.1-9 1.3.1-11 1.4.1-3 1.5.1-2 2.1.1-3 2.2.1-3 2.3.1-4 2.4.1 3.2.1-2 3.3.1-4 3.4.1-6 3.5.1-5 3.7.1-2 4.1.1-3 4.2.1 4.3.1-2 4.4.1-4 5.1.1 5.2.1-3 5.3.1-2 5.4.1-3 "
        + "6.1.1-3 6.2.1-12 6.3.1-4 6.4.1-4 6.5.1-5 6.6.1-3 6.8.1-4 7.1.1-3 7.2.1-4 7.3.1-2 7.4.1-5 7.5.1-2 7.6.1-2 8.1.1-2 8.2.1-3 8.3.1 8.4.1 9.1.1-3 9.2.1-4 10.1.1-2 10.2.1-2 10.3.1-4 "
        + "10.4.1-11 10.5.1-5 10.6.1-2 10.7.1-3 11.1.1-2 11.2.1-3 11.3.1-3 11.4.1-4 11.5.1 11.6.1 12.1.1-3 12.2.1-2 12.3.1-4 13.1.1 13.2.1-5 13.3.1-2 13.4.1-5 14.1.1-2 14.2.1-4 14.3.1-3 "
        + "15.1.1-3 15.2.1-3 15.3.1-7 16.1.1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3 17.1.1 17.2.1-4 17.3.1-2";

    private static readonly string Page = RepositoryRoot.Text("docs", "security.md");

    [Fact]
    public void Every_requirement_is_answered_once_and_none_is_invented()
    {
        var answered = Row().Matches(Page).SelectMany(row => row.Groups[1].Value.Split(", ")).SelectMany(Each).ToList();
        answered.ShouldBeUnique();
        answered.Order().ShouldBe(Standard.Split(' ').SelectMany(Each).Order());
        answered.Count.ShouldBe(253);
    }

    [Fact]
    public void Whatever_is_no_says_why() => Row().Matches(Page)
        .Where(row => row.Groups[2].Value is not ("met" or "**no**" or "n/a" or "platform") || row.Groups[3].Value.Trim().Length == 0)
        .Select(row => row.Value).ShouldBeEmpty();

    [Fact]
    public void Every_file_that_the_page_names_is_there()
    {
        var files = File().Matches(Page).Select(file => file.Groups[1].Value).Distinct().ToList();
        files.Count.ShouldBeGreaterThan(60);
        files.Where(file => !Path.Exists(Path.Combine(RepositoryRoot.Path, file))).ShouldBeEmpty();
        Link().Matches(Page).Select(link => link.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(RepositoryRoot.Path, "docs", link))).ShouldBeEmpty();
    }

    private static IEnumerable<string> Each(string range)
    {
        var parts = range.Split('–', '-');
        var (section, first) = (parts[0][..parts[0].LastIndexOf('.')], Last(parts[0]));
        return Enumerable.Range(first, (parts.Length == 1 ? first : Last(parts[1])) - first + 1).Select(number => $"{section}.{number}");
    }

    private static int Last(string id) => int.Parse(id.Split('.')[^1], CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| (\d[\d.–, ]*) \| [^|]+ \| ([^|]+) \| ([^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`((?:functions|tests|infra|docs)/[^`]+)`")]
    private static partial Regex File();

    [GeneratedRegex(@"\]\(([^)#]+)[^)]*\)")]
    private static partial Regex Link();
}
