using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Architecture;

/// <summary>
/// The namespaces of the domain form layers. Each refers to those before it in this list and to no other, so that there is no cycle.
/// docs/architecture.md says what belongs where.
/// </summary>
public sealed partial class LayersTests
{
    internal static IReadOnlyList<Layer> Layers { get; } =
    [
        new("Foundations", "Rdv.Territories", "Rdv.Language", "Rdv.Ids", "Rdv", "Rdv.People", "Rdv.Transactions", "Rdv.Quotas"),
        new("Directory", "Rdv.Directory", "Rdv.Staff", "Rdv.Directory.Import"),
        new("Records", "Rdv.Chores", "Rdv.Agenda", "Rdv.Messages", "Rdv.Appointments", "Rdv.Calls"),
        new("Use cases", "Rdv.Booking", "Rdv.Workshops", "Rdv.Absences", "Rdv.Previews", "Rdv.Calendars", "Rdv.Hotline", "Rdv.Waiting", "Rdv.Visits", "Rdv.Days", "Rdv.Load", "Rdv.Privacy", "Rdv.Backups"),
        new("Delivery", "Rdv.Sms", "Rdv.Invites", "Rdv.Dispatch"),
    ];

    private static string[] InOrder => [.. Layers.SelectMany(layer => layer.Namespaces)];

    private static readonly string Domain = Path.Combine(RepositoryRoot.Path, "functions", "Rdv");

    [Fact]
    public void Every_namespace_of_the_domain_stands_in_one_layer() =>
        InOrder.Order(StringComparer.Ordinal).ShouldBe(Product.Types
            .Where(type => type.Assembly == Product.Domain)
            .Select(type => type.Namespace!)
            .Distinct()
            .Order(StringComparer.Ordinal));

    [Fact]
    public void A_type_refers_to_lower_layers_only() => Upwards(InOrder).ShouldBeEmpty();

    /// <summary>A constant leaves no reference in what is compiled; the line that names its namespace is still there.</summary>
    [Fact]
    public void A_file_uses_lower_layers_only() => UsingsUpwards(InOrder).ShouldBeEmpty();

    [Fact]
    public void A_folder_is_a_namespace() =>
        Files().Where(file => file.Namespace != string.Join('.', ["Rdv", .. file.Path.Split('/')[..^1]])).Select(file => file.Path).ShouldBeEmpty();

    /// <summary>A test that finds nothing must be able to find something: here a namespace is put above those that use it.</summary>
    [Theory]
    [InlineData("Rdv.Agenda", "Rdv.Booking.SlotBooking → Rdv.Agenda.IAgendaStore")] // a parameter of a constructor
    [InlineData("Rdv.Messages", "Rdv.Booking.SendLinkAgain → Rdv.Messages.MessageLog")] // in an asynchronous lambda
    [InlineData("Rdv.Language", "Rdv.Hotline.CallSentences → Rdv.Language.FrenchDates")] // a call of a static method
    [InlineData("Rdv.Ids", "Rdv.Refusal → Rdv.Ids.AppointmentReference")] // in a nested record, as an argument of a generic type
    public void A_namespace_that_stands_too_high_is_found(string tooHigh, string reference)
    {
        string[] wrong = [.. InOrder.Except([tooHigh]), tooHigh];
        Upwards(wrong).ShouldContain(reference);
        UsingsUpwards(wrong).ShouldContain(line => line.EndsWith(" → " + tooHigh, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Upwards(string[] order) => TypeReferences.In(Product.Domain)
        .Where(reference => Array.IndexOf(order, reference.ToNamespace) > Array.IndexOf(order, reference.FromNamespace))
        .Select(reference => reference.ToString());

    private static IEnumerable<string> UsingsUpwards(string[] order) => Files()
        .SelectMany(file => Using().Matches(file.Text), (file, match) => (file, Used: match.Groups[1].Value))
        .Where(found => Array.IndexOf(order, found.Used) > Array.IndexOf(order, found.file.Namespace))
        .Select(found => $"{found.file.Path} → {found.Used}");

    private static IEnumerable<(string Path, string Namespace, string Text)> Files() =>
        from file in System.IO.Directory.EnumerateFiles(Domain, "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Domain, file).Replace('\\', '/')
        where !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal)
        let text = File.ReadAllText(file).ReplaceLineEndings("\n")
        select (path, Declared().Match(text).Groups[1].Value, text);

    [GeneratedRegex(@"^using (?:static )?(Rdv[\w.]*);$", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^namespace ([\w.]+);$", RegexOptions.Multiline)]
    private static partial Regex Declared();

    /// <param name="Namespaces">In order, lowest first.</param>
    internal sealed record Layer(string Name, params string[] Namespaces);
}
