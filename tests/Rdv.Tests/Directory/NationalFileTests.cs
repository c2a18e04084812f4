using Rdv.Directory.Import;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Directory;

/// <summary>The published list of 2022 (ANCT, Licence Ouverte 2.0), where it stands beside the repository.</summary>
public sealed class NationalFileTests
{
    private const string Name = "shared/data/structures-conseillers-numeriques.csv";

    [Fact]
    public async Task Every_line_is_in_or_reported()
    {
        if (Find() is not { } path)
        {
            Assert.Skip($"{Name} is not beside the repository.");
            return;
        }

        var store = new InMemoryDirectoryStore();
        var report = await ImportAsync(store, path);

        report.Lines.ShouldBe(1_450);
        (report.Created + report.Refused).ShouldBe(1_450);

        // Seven lines have "0" for a name, and the INSEE code of another département than their postcode.
        var refused = report.Problems.Where(problem => problem.Severity == ImportSeverity.Error).ToArray();
        refused.Select(problem => problem.Line).Distinct().Count().ShouldBe(report.Refused);
        refused.ShouldAllBe(problem => problem.Column == "nom");
        report.Refused.ShouldBe(7);

        var warnings = report.Problems.Where(problem => problem.Severity == ImportSeverity.Warning).ToLookup(problem => problem.Column);
        warnings["adresse"].Count().ShouldBe(22);
        warnings["latitude"].Count(problem => problem.Message.StartsWith("Les coordonnées manquent", StringComparison.Ordinal)).ShouldBe(12);

        // Two in another département, two in mainland France for places of Guyane: 172 km at least.
        warnings["latitude"].Where(problem => problem.Message.Contains(" km de ")).Select(problem => problem.Line).ShouldBe([875, 899, 1292, 1294]);

        // Sixteen values come more than once: fifteen SIRETs and, five times, the word "null".
        warnings["pivot"].Count(problem => problem.Message == "Le SIRET manque.").ShouldBe(5);
        warnings["pivot"].Select(problem => problem.Message).Where(message => message.StartsWith("Le SIRET ", StringComparison.Ordinal) && message.Contains("déjà"))
            .Select(message => message.Split(' ')[2]).Distinct().Count().ShouldBe(15);

        var territories = await store.ListTerritoriesAsync(CancellationToken.None);
        foreach (var code in new[] { "971", "972", "973", "974", "976", "2A", "2B" })
        {
            store[code].Structures.ShouldNotBeEmpty(code);
        }

        territories.Sum(territory => store[territory.Code].Structures.Count).ShouldBe(report.Created);
        territories.Sum(territory => store[territory.Code].Places.Count).ShouldBe(report.Created);

        // 2,138 advisors less the nine of the seven lines.
        territories.Sum(territory => store[territory.Code].Advisors.Count).ShouldBe(2_129);

        (await ImportAsync(store, path)).Counts().ShouldBe((1_450, 0, 0, report.Created, report.Refused));
    }

    private static async Task<ImportReport> ImportAsync(InMemoryDirectoryStore store, string path)
    {
        using var file = File.OpenRead(path);
        return (await store.ImportStructures().ExecuteAsync(file, dryRun: false, CancellationToken.None)).Value;
    }

    /// <summary>Beside the repository, or beside a folder that holds it.</summary>
    internal static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Name)))
            {
                return Path.Combine(folder.FullName, Name);
            }
        }

        return null;
    }
}
