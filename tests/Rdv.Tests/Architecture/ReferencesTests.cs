using System.Xml.Linq;
using NetArchTest.Rules;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Architecture;

/// <summary>References point one way: Functions → Pages, Azure → Rdv.</summary>
public sealed class ReferencesTests
{
    [Theory]
    [InlineData("Rdv", "")]
    [InlineData("Rdv.Azure", "Rdv")]
    [InlineData("Rdv.Pages", "Rdv")]
    [InlineData("Rdv.Functions", "Rdv Rdv.Azure Rdv.Pages")]
    [InlineData("Rdv.Local", "Rdv.Functions")]
    [InlineData("Rdv.Restore", "Rdv.Azure")]
    public void A_project_refers_to_no_other_than_these(string project, string to) =>
        XDocument.Parse(RepositoryRoot.Text("functions", project, project + ".csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Order()
            .ShouldBe(to.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void The_domain_knows_neither_Azure_nor_ASP_NET() =>
        ReferencesOf(Product.Domain).Where(name => Begins(name, "Azure", "Microsoft.AspNetCore", "Microsoft.Azure", "MailKit", "MimeKit", "Rdv")).ShouldBeEmpty();

    [Fact]
    public void The_pages_know_no_storage_and_no_trigger() =>
        ReferencesOf(Product.Pages).Where(name => Begins(name, "Azure", "Microsoft.Azure", "MailKit", "Rdv.Azure", "Rdv.Functions")).ShouldBeEmpty();

    [Fact]
    public void The_adapters_know_no_trigger_and_no_page() =>
        ReferencesOf(Product.Adapters).Where(name => Begins(name, "Rdv.Functions", "Rdv.Pages", "Rdv.Local", "Microsoft.Azure.Functions")).ShouldBeEmpty();

    [Fact]
    public void Only_the_composition_of_the_functions_knows_storage_and_mail() =>
        Passes(Types.InAssembly(Product.Functions)
            .That().ResideInNamespace("Rdv.Functions").And().DoNotResideInNamespace("Rdv.Functions.Host").And().DoNotHaveName("Program")
            .ShouldNot().HaveDependencyOnAny("Azure", "Rdv.Azure", "MailKit")
            .GetResult());

    [Fact]
    public void Nothing_but_a_use_case_writes() =>
        Passes(Types.InAssembly(Product.Functions)
            .That().ResideInNamespace("Rdv.Functions").And().DoNotResideInNamespace("Rdv.Functions.Host")
            .ShouldNot().HaveDependencyOn("Rdv.Transactions")
            .GetResult());

    private static void Passes(NetArchTest.Rules.TestResult result) => (result.FailingTypeNames ?? []).ShouldBeEmpty();

    private static IEnumerable<string> ReferencesOf(System.Reflection.Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static bool Begins(string name, params string[] roots) =>
        Array.Exists(roots, root => name == root || name.StartsWith(root + ".", StringComparison.Ordinal));
}
