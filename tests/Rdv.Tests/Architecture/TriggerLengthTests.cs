using Shouldly;
using Xunit;

namespace Rdv.Tests.Architecture;

/// <summary>A trigger binds, calls one use case and maps: fifteen lines at most, its attribute and its signature with them.</summary>
public sealed class TriggerLengthTests
{
    private const int MaxLines = 15;
    private const string Begin = "    [Function(";

    [Fact]
    public void A_trigger_has_at_most_fifteen_lines()
    {
        var triggers = System.IO.Directory
            .EnumerateFiles(Path.Combine(RepositoryRoot.Path, "functions", "Rdv.Functions"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => LengthsIn(File.ReadAllLines(file)))
            .ToList();
        triggers.Count.ShouldBeGreaterThan(100);
        triggers.Where(trigger => trigger.Lines > MaxLines).ShouldBeEmpty();
    }

    [Fact]
    public void A_longer_one_is_seen() => LengthsIn(
    [
        "public sealed class Long", "{", Begin + "\"Long\")]", "    public void Run()", "    {", .. Enumerable.Repeat("        Work();", 6), "", .. Enumerable.Repeat("        Work();", 6),
        "    }", "", Begin + "\"Short\")]", "    public void Run() => Work();", "}",
    ]).ShouldBe([(Begin.Trim() + "\"Long\")]", 17), (Begin.Trim() + "\"Short\")]", 2)]);

    /// <summary>A member ends before an empty line that another member of the class follows, or with its class: the layout is checked by the formatter.</summary>
    private static IEnumerable<(string Trigger, int Lines)> LengthsIn(string[] lines)
    {
        for (var first = 0; first < lines.Length; first++)
        {
            if (!lines[first].StartsWith(Begin, StringComparison.Ordinal))
            {
                continue;
            }

            var end = first + 1;
            while (lines[end] != "}" && !(lines[end].Length == 0 && IsMember(lines[end + 1])))
            {
                end++;
            }

            yield return (lines[first].Trim(), end - first);
        }
    }

    private static bool IsMember(string line) => line.StartsWith("    ", StringComparison.Ordinal) && line[4] is not (' ' or '{' or '}');
}
