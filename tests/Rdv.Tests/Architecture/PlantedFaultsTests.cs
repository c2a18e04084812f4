using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Architecture;

/// <summary>docs/planted-faults.md names lines that are there, and classes of tests that are.</summary>
public sealed partial class PlantedFaultsTests
{
    private static readonly MatchCollection Faults = Fault().Matches(RepositoryRoot.Text("docs", "planted-faults.md"));

    [Fact]
    public void There_are_twenty_in_their_order() =>
        Faults.Select(fault => fault.Groups[1].Value).ShouldBe(Enumerable.Range(1, 20).Select(number => $"{number:D2}"));

    [Fact]
    public void Each_changes_one_line_of_the_product_that_is_there_once()
    {
        foreach (Match fault in Faults)
        {
            var (file, before, after) = (fault.Groups[2].Value, fault.Groups[4].Value, fault.Groups[5].Value);
            file.ShouldStartWith("functions/");
            RepositoryRoot.Text(file.Split('/')).Split('\n').Count(line => line == before).ShouldBe(1, $"{fault.Groups[1].Value}: {before}");
            after.ShouldNotBe(before);
        }
    }

    [Fact]
    public void Each_is_found_by_a_class_that_is_there() =>
        Faults.Select(fault => fault.Groups[3].Value).Where(name => typeof(PlantedFaultsTests).Assembly.GetType(name) is null).ShouldBeEmpty();

    [GeneratedRegex(@"^### (\d\d) .+\n`([^`]+)`, found by `([^`]+)`\n```diff\n-(.+)\n\+(.+)\n```$", RegexOptions.Multiline)]
    private static partial Regex Fault();
}
