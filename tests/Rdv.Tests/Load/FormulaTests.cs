using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using Rdv.Directory;
using Rdv.Territories;
using Rdv.Tests.Contract;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Load;

/// <summary>A name that begins like a formula is a name, in whatever a spreadsheet opens.</summary>
public sealed class FormulaTests
{
    [Theory]
    [InlineData("=HYPERLINK(1)")]
    [InlineData("+33 et voisins")]
    [InlineData("-1+cmd")]
    [InlineData("@SUM(A1)")]
    public async Task A_name_runs_in_no_spreadsheet(string name)
    {
        await using var app = await ContractApp.StartAsync();
        var structures = await app.SendAsync(
            HttpMethod.Post, "/api/admin/import/structures", ContractApp.Content($"id,nom,commune,code_postal,code_insee,adresse\nessai,{name},Vaulx-en-Velin,69120,69256,4 place des Cerisiers\n", "text/csv"), "admin");
        structures.Json.GetProperty("created").GetInt32().ShouldBe(1, structures.Text);
        var advisors = await app.SendAsync(
            HttpMethod.Post,
            "/api/admin/import/advisors",
            ContractApp.Content($"id,structure_id,first_name,last_name,email,phone,topics,opening_hours\nessai-1,essai,{name},Essai,,,premiers-pas,lun-ven 09:00-12:00\n", "text/csv"),
            "admin");
        advisors.Json.GetProperty("created").GetInt32().ShouldBe(1, advisors.Text);
        await app.App.Services.GetRequiredService<ITerritoryDirectories>().ReloadAsync(Territory.Parse("69"), TestContext.Current.CancellationToken);
        await app.RunTimerAsync("FreezeYesterday");

        foreach (var address in new[] { "/api/structures/69/essai/load?format=", "/api/territories/69/load?format=" })
        {
            var csv = await app.GetAsync(address + "csv", "admin");
            (csv.Status, csv.MediaType).ShouldBe((200, "text/csv"));
            csv.Text.ShouldContain(name[1..], Case.Sensitive, address);
            csv.Text.TrimStart('\uFEFF').Split('\n').SelectMany(line => line.Split(';')).Where(cell => cell.Trim('"').StartsWith(name[0])).ShouldBeEmpty(address);

            var workbook = await app.GetAsync(address + "xlsx", "admin");
            using var zip = new ZipArchive(new MemoryStream(workbook.Bytes));
            foreach (var sheet in zip.Entries.Where(entry => entry.FullName.Contains("sheet", StringComparison.OrdinalIgnoreCase)))
            {
                using var reader = new StreamReader(sheet.Open());
                (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldNotContain("<f>");
            }
        }
    }
}
