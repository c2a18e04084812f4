using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Architecture;

public sealed partial class TypesTests
{
    [Fact]
    public void Classes_are_sealed_unless_something_derives_from_them()
    {
        var bases = Product.Assemblies.SelectMany(assembly => assembly.GetTypes())
            .Select(type => type.BaseType is { IsGenericType: true } generic ? generic.GetGenericTypeDefinition() : type.BaseType)
            .ToHashSet();
        Product.Types
            // Components are written by the Razor compiler.
            .Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract && !bases.Contains(type) && !typeof(ComponentBase).IsAssignableFrom(type) && type.Name != "_Imports")
            .ShouldBeEmpty();
    }

    [Fact]
    public void There_is_no_mutable_static_state()
    {
        const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var wrong = new List<string>();
        foreach (var type in Product.Types)
        {
            wrong.AddRange(type.GetFields(Static)
                .Where(field => !field.Name.Contains('<', StringComparison.Ordinal) && !Product.IsGenerated(field) && !field.IsLiteral)
                .Where(field => !field.IsInitOnly || (field.IsPublic && IsMutable(field.FieldType)))
                .Select(field => $"{type}.{field.Name}"));
            wrong.AddRange(type.GetProperties(Static)
                .Where(property => !Product.IsGenerated(property) && (property.SetMethod is not null || (property.GetMethod!.IsPublic && IsMutable(property.PropertyType))))
                .Select(property => $"{type}.{property.Name}"));
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void The_clock_is_given()
    {
        var banned = RepositoryRoot.Text("BannedSymbols.txt");
        foreach (var symbol in new[] { "System.DateTime.Now", "System.DateTime.UtcNow", "System.DateTime.Today", "System.DateTimeOffset.Now", "System.DateTimeOffset.UtcNow", "NodaTime.SystemClock.Instance" })
        {
            banned.ShouldContain($"P:{symbol};");
        }

        RepositoryRoot.Text("Directory.Build.props").ShouldContain("BannedSymbols.txt");

        // The hosts compose the clock, and nobody else takes it.
        System.IO.Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "functions"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Built().IsMatch(file) && File.ReadAllText(file).Contains("disable RS0030", StringComparison.Ordinal))
            .Select(file => Path.GetFileName(file)!)
            .Order()
            .ShouldBe(["Composition.cs", "LocalComposition.cs"]);
    }

    private static bool IsMutable(Type type) =>
        type.IsArray || (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type)
            && type.GetGenericTypeDefinition() is var definition && (definition == typeof(List<>) || definition == typeof(Dictionary<,>) || definition == typeof(HashSet<>)));

    [GeneratedRegex(@"[/\\](obj|bin|node_modules)[/\\]")]
    private static partial Regex Built();
}
