using System.Globalization;
using System.Text;
using CsvHelper;
using Rdv.Directory;
using Rdv.Directory.Import;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Directory;

/// <summary>
/// The published list of 2022, with the faults that other published files have. What is right is known: the lines whose name, postcode and
/// INSEE code agree as they were published.
/// </summary>
public sealed class NationalCommunesTests(ITestOutputHelper output)
{
    private static readonly string[] Columns = ["id", "pivot", "nom", "commune", "code_postal", "code_insee", "adresse", "latitude", "longitude"];

    public static TheoryData<string, double> Faults => new()
    {
        { "as published", 1 },
        { "no INSEE code", 0.99 },
        { "no INSEE code, the postcode of another commune of the département", 0.98 },
        { "no INSEE code, the postcode of another département", 0.95 },
        { "the INSEE code of the line before", 0.99 },
        { "no INSEE code, capitals without accents, ST for SAINT", 0.99 },
        { "no INSEE code, a CEDEX", 0.98 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_place_is_in_its_commune_or_the_line_is_quoted(string fault, double share)
    {
        if (NationalFileTests.Find() is not { } path)
        {
            Assert.Skip("The published list is not beside the repository.");
            return;
        }

        var lines = Read(path);
        var (truth, report) = await ImportAsync(lines);
        output.WriteLine($"the list: {report.Lines} lines, {report.Refused} refused, {report.Problems.Where(problem => problem.Severity == ImportSeverity.Warning).Select(problem => problem.Line).Distinct().Count()} with a warning");
        var doubtful = report.Problems.Where(problem => problem.Column is "commune" or "code_postal" or "code_insee" or "latitude").Select(problem => problem.Line).ToHashSet();
        var good = lines.Where((line, index) => !doubtful.Contains(index + 2) && truth.ContainsKey(line["id"])).ToList();

        var faulty = good.Select((line, index) => With(fault, line, good[(index + good.Count - 1) % good.Count], good)).ToList();
        var (placed, said) = await ImportAsync(faulty);
        var quoted = said.Problems.Select(problem => faulty.Count > problem.Line - 2 ? faulty[problem.Line - 2]["id"] : "").ToHashSet();
        var right = good.Count(line => placed.GetValueOrDefault(line["id"]) == truth[line["id"]]);
        var silent = good.Count(line => placed.TryGetValue(line["id"], out var place) && place != truth[line["id"]] && !quoted.Contains(line["id"]));
        output.WriteLine($"{fault}: {good.Count} lines, {right} right ({100.0 * right / good.Count:0.0} %), {good.Count - placed.Count} refused, {placed.Count - right} wrong, {silent} of them in silence");
        silent.ShouldBe(0);
        ((double)right / good.Count).ShouldBeGreaterThanOrEqualTo(share);
    }

    private static Dictionary<string, string> With(string fault, Dictionary<string, string> line, Dictionary<string, string> before, List<Dictionary<string, string>> all)
    {
        var changed = new Dictionary<string, string>(line);
        if (fault.StartsWith("no INSEE", StringComparison.Ordinal))
        {
            changed["code_insee"] = "";
        }

        switch (fault)
        {
            case "no INSEE code, the postcode of another commune of the département":
                changed["code_postal"] = all.First(other => other["code_insee"][..2] == line["code_insee"][..2])["code_postal"];
                break;
            case "no INSEE code, the postcode of another département":
                changed["code_postal"] = line["code_postal"].StartsWith("69", StringComparison.Ordinal) ? "38000" : "69100";
                break;
            case "the INSEE code of the line before":
                changed["code_insee"] = before["code_insee"];
                break;
            case "no INSEE code, capitals without accents, ST for SAINT":
                changed["commune"] = string.Concat(line["commune"].Normalize(NormalizationForm.FormD).Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark))
                    .ToUpperInvariant().Replace('-', ' ').Replace("SAINTE ", "STE ").Replace("SAINT ", "ST ");
                break;
            case "no INSEE code, a CEDEX":
                changed["code_postal"] = Enumerable.Range(0, 100).Select(number => $"{line["code_postal"][..3]}{number:00}").First(code => !Communes.WithPostcode(code).Any());
                changed["commune"] = line["commune"] + " CEDEX";
                break;
        }

        return changed;
    }

    private static async Task<(Dictionary<string, string> Places, ImportReport Report)> ImportAsync(List<Dictionary<string, string>> lines)
    {
        var store = new InMemoryDirectoryStore();
        var csv = new StringBuilder(string.Join(',', Columns)).Append('\n');
        foreach (var line in lines)
        {
            csv.AppendJoin(',', Columns.Select(column => $"\"{line[column].Replace("\"", "\"\"")}\"")).Append('\n');
        }

        var report = await store.StructuresAsync(csv.ToString());
        var places = new Dictionary<string, string>();
        foreach (var territory in await store.ListTerritoriesAsync(CancellationToken.None))
        {
            foreach (var place in store[territory.Code].Places.Values)
            {
                places.Add(place.Id.Value, $"{territory.Code} {place.Commune}");
            }
        }

        return (places, report);
    }

    private static List<Dictionary<string, string>> Read(string path)
    {
        using var reader = CsvReader.Create(File.ReadAllBytes(path), new CsvReaderOptions { HasHeader = false });
        reader.Read();
        var header = Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ToArray();
        var lines = new List<Dictionary<string, string>>();
        while (reader.Read())
        {
            lines.Add(Columns.ToDictionary(column => column, column => reader.GetString(Array.IndexOf(header, column))));
        }

        return lines;
    }
}
