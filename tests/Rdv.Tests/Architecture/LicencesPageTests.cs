using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Architecture;

/// <summary>Holds docs/licences.md to the packages that leave with the product. <c>RDV_WRITE_DOCS=1</c> writes it again.</summary>
public sealed class LicencesPageTests
{
    // What is published, and the command of a restore.
    private static readonly string[] Projects = ["Rdv.Functions", "Rdv.Restore"];

    // Licences that ask for their text to be kept, and for nothing of our code.
    private static readonly string[] Accepted = ["MIT", "Apache-2.0", "BSD-3-Clause", "MS-PL OR Apache-2.0"];

    // Those that name a file or an address in place of a licence; read by hand.
    private static readonly Dictionary<string, string> ReadByHand = new(StringComparer.Ordinal)
    {
        ["Apache.Arrow"] = "Apache-2.0",
        ["System.Security.Cryptography.ProtectedData"] = "MIT",
    };

    private static readonly string Packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    [Fact]
    public void The_page_lists_each_package_with_its_licence()
    {
        var written = Page();
        if (Environment.GetEnvironmentVariable("RDV_WRITE_DOCS") == "1")
        {
            File.WriteAllText(Path.Combine(RepositoryRoot.Path, "docs", "licences.md"), written);
        }

        RepositoryRoot.Text("docs", "licences.md").ShouldBe(written);
    }

    [Fact]
    public void No_package_asks_for_more_than_its_text_to_be_kept()
    {
        var licences = Licences();
        licences.Count.ShouldBeGreaterThan(20);
        licences.Values.Except(Accepted).ShouldBeEmpty();
    }

    private static string Page()
    {
        var page = new StringBuilder(
            """
            # Licences

            The packages that leave with the product, direct and not, by the lock files of what is tested; written by a test (`LicencesPageTests`), which
            `RDV_WRITE_DOCS=1` has write it again. What is published takes `Azure.Communication.Sms` (MIT) as well, and what that brings: no lock file of the
            repository holds them, and a version behind another may differ from the tested one. The bill of materials of each deployment, an artifact of
            `.github/workflows/deploy.yml`, says what it was. All ask that their text goes with them, and a publish has none of the texts: who hands one on to
            others adds those of the packages, beside this page. Tests and `Rdv.Local` use others, which leave with nothing.

            | package | licence |
            |---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var (package, licence) in Licences())
        {
            page.Append("| ").Append(package).Append(" | ").Append(licence).Append(" |\n");
        }

        return page.ToString();
    }

    private static SortedDictionary<string, string> Licences()
    {
        var licences = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var project in Projects)
        {
            var frameworks = JsonDocument.Parse(RepositoryRoot.Text("functions", project, "packages.lock.json")).RootElement.GetProperty("dependencies");
            foreach (var package in frameworks.EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject()).Where(package => !package.Value.GetProperty("type").ValueEquals("Project")))
            {
                if (package.Name.EndsWith("Analyzers", StringComparison.Ordinal) || package.Name.EndsWith("Analyzer", StringComparison.Ordinal))
                {
                    // They look at the code while it is built.
                    continue;
                }

                licences[package.Name] = ReadByHand.GetValueOrDefault(package.Name) ?? Licence(package.Name, package.Value.GetProperty("resolved").GetString()!);
            }
        }

        return licences;
    }

    private static string Licence(string package, string version)
    {
        var name = package.ToLowerInvariant();
        var described = XDocument.Load(Path.Combine(Packages, name, version.ToLowerInvariant(), name + ".nuspec"));
        return described.Descendants().FirstOrDefault(element => element.Name.LocalName == "license" && element.Attribute("type")?.Value == "expression")?.Value
            ?? $"not said by {package} {version}";
    }
}
