using Microsoft.VisualBasic.FileIO;

namespace Rdv.Tests.Reminders;

/// <summary>The published structures, when the file lies beside the repository.</summary>
internal static class RealStructures
{
    public sealed record Row(string Name, string Address, string Commune);

    /// <summary>Empty when the file is not there.</summary>
    public static IReadOnlyList<Row> All { get; } = Read();

    private static List<Row> Read()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "data", "structures-conseillers-numeriques.csv");
            if (File.Exists(file))
            {
                using var parser = new TextFieldParser(file, System.Text.Encoding.UTF8) { HasFieldsEnclosedInQuotes = true };
                parser.SetDelimiters(",");
                var header = parser.ReadFields()!.ToList();
                var (name, address, commune) = (header.IndexOf("nom"), header.IndexOf("adresse"), header.IndexOf("commune"));
                var rows = new List<Row>();
                while (parser.ReadFields() is { } fields)
                {
                    rows.Add(new(fields[name], fields[address], fields[commune]));
                }

                return rows;
            }
        }

        return [];
    }
}
