using System.Text.RegularExpressions;

namespace Rdv.Tests.Tables;

/// <param name="Written">False for what the page says is not written yet.</param>
internal sealed record Column(string Name, string Type, bool Written);

/// <param name="Key">As in the heading: the partition key, a point, the row key.</param>
internal sealed record Family(string Key, Regex Partition, Regex Row, IReadOnlyList<Column> Columns);

/// <summary>docs/tables.md, read.</summary>
internal static partial class TablesPage
{
    public static IReadOnlyList<Family> Families { get; } = Read();

    private static List<Family> Read()
    {
        var families = new List<Family>();
        foreach (var section in RepositoryRoot.Text("docs", "tables.md").Split("\n## ").Skip(1))
        {
            var heading = Heading().Match(section);
            if (!heading.Success)
            {
                throw new InvalidDataException($"A heading of docs/tables.md names no family: {section[..40]}");
            }

            families.Add(new Family(
                $"{heading.Groups[1].Value} · {heading.Groups[2].Value}",
                Pattern(heading.Groups[1].Value),
                Pattern(heading.Groups[2].Value),
                [.. Row().Matches(section).Select(row => new Column(
                    row.Groups[1].Value, row.Groups[2].Value, !row.Groups[3].Value.Contains("*Not written yet*", StringComparison.Ordinal)))]));
        }

        return families;
    }

    // {name} is anything without a bar; a territory is what a territory may be.
    private static Regex Pattern(string key) => new(
        "^" + Parameter().Replace(Regex.Escape(key), match => match.Value.Contains("territory", StringComparison.Ordinal) ? "[0-9][0-9AB][0-9]?" : "[^|]+") + "$");

    [GeneratedRegex("^`([^`]+)` · `([^`]+)`\n")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| `([^`]+)` \| ([^|]+) \|(.*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\\\{\w+\}")]
    private static partial Regex Parameter();
}
