using System.Text;
using CsCheck;
using Rdv.Directory.Import;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Directory;

/// <summary>What a file must be for either import.</summary>
public sealed class ImportFilesTests
{
    private const string Header = "id,nom,commune,code_postal,code_insee,structure_id,first_name,last_name";

    private static readonly string[] Cells =
    [
        "", "x", "y", "0", "01053", "2A004", "97411", "01000", "999", "-1", "1e999", "NaN", "\"", "\"a\nb\"", "lun-ven 9h-12h", "lun 25:99-1:0@", "@",
        "\ud83d\ude00", "é", "|",
    ];

    public static TheoryData<byte[], string> Unreadable => new()
    {
        { [], "vide" },
        { Encoding.UTF8.GetPreamble(), "vide" },
        { "\n \r\n"u8.ToArray(), "vide" },
        { Encoding.Latin1.GetBytes(Header + "\nx,Médiathèque"), "UTF-8 (ligne 2)" },
        { Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Header)).ToArray(), "UTF-16" },
        { Encoding.Unicode.GetBytes(Header), "pas du texte" },
        { "id,autre"u8.ToArray(), "Il manque les colonnes" },
        { Encoding.UTF8.GetBytes(Header + ",ID\n"), "La colonne id apparaît deux fois" },
        { Encoding.UTF8.GetBytes(Header + ",\"ouvert\n"), "guillemet" },
        { Encoding.UTF8.GetBytes(Header + "\n" + new string('x', 4 * 1024 * 1024)), "dépasse 4 Mo" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task A_file_that_cannot_be_read_is_said_as_a_whole(byte[] bytes, string message)
    {
        foreach (var outcome in await BothAsync(bytes))
        {
            outcome.Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField["body"].ShouldHaveSingleItem().ShouldContain(message);
        }
    }

    [Fact]
    public async Task A_header_alone_is_a_file_of_no_lines()
    {
        foreach (var outcome in await BothAsync(Encoding.UTF8.GetBytes(Header)))
        {
            outcome.Value.Counts().ShouldBe((0, 0, 0, 0, 0));
        }
    }

    [Fact]
    public async Task Random_bytes_give_an_outcome() =>
        await Gen.Byte.Array[0, 300].SampleAsync(async bytes => (await BothAsync(bytes)).Length == 2, iter: 300);

    [Fact]
    public async Task Random_lines_are_each_counted_once()
    {
        var cell = Gen.OneOf(
            Gen.Int[0, Cells.Length - 1].Select(index => Cells[index]),
            Gen.String[0, 12]);
        const string Wide = "id,nom,commune,code_postal,code_insee,pivot,latitude,longitude,telephone,nb_conseillers,structure_id,first_name,last_name,email,phone,topics,opening_hours\n";
        await cell.Array[0, 19].Array[0, 6].SampleAsync(
            async rows =>
            {
                var text = Wide + string.Join('\n', rows.Select(row => string.Join(',', row)));
                var outcomes = await BothAsync(Encoding.UTF8.GetBytes(text));
                return outcomes.All(outcome => !outcome.Succeeded(out var report)
                    || report.Lines == report.Created + report.Updated + report.Unchanged + report.Refused);
            },
            iter: 1_000);
    }

    private static async Task<Result<ImportReport>[]> BothAsync(byte[] bytes)
    {
        const int Max = 4 * 1024 * 1024;
        var store = new InMemoryDirectoryStore();
        await store.StructuresAsync("id,nom,commune,code_postal,code_insee\nx,Mairie,Bourg-en-Bresse,01000,01053\n");
        return
        [
            await store.ImportStructures(maxBytes: Max).ExecuteAsync(new MemoryStream(bytes), dryRun: false, CancellationToken.None),
            await store.ImportAdvisors(Max).ExecuteAsync(new MemoryStream(bytes), dryRun: false, CancellationToken.None),
        ];
    }
}
