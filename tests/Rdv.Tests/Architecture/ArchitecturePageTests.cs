using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Architecture;

/// <summary>docs/architecture.md says what the code is.</summary>
public sealed partial class ArchitecturePageTests
{
    private static readonly string Page = RepositoryRoot.Text("docs", "architecture.md");

    [Fact]
    public void The_page_lists_the_layers_in_their_order() =>
        Row().Matches(Page)
            .Select(row => (row.Groups[1].Value, string.Join(' ', Quoted().Matches(row.Groups[2].Value).Select(name => name.Groups[1].Value))))
            .ShouldBe(LayersTests.Layers.Select(layer => (layer.Name, string.Join(' ', layer.Namespaces))));

    [Fact]
    public void The_drawing_has_every_layer_and_every_project()
    {
        var drawing = Drawing().Match(Page).Value;
        foreach (var name in LayersTests.Layers.Select(layer => layer.Name).Concat(Product.Assemblies.Select(assembly => assembly.GetName().Name!)))
        {
            drawing.ShouldContain(name);
        }
    }

    [Fact]
    public void Every_file_that_the_page_names_is_there()
    {
        var files = Quoted().Matches(Page).Select(name => name.Groups[1].Value).Where(name => name.Contains('/', StringComparison.Ordinal)).ToList();
        files.Count(name => name.EndsWith(".cs", StringComparison.Ordinal)).ShouldBeGreaterThan(10);
        files.Where(name => !Path.Exists(Path.Combine(RepositoryRoot.Path, name))).ShouldBeEmpty();
    }

    [GeneratedRegex(@"^\| \*\*([^*|]+)\*\* \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("```mermaid.*?```", RegexOptions.Singleline)]
    private static partial Regex Drawing();
}
