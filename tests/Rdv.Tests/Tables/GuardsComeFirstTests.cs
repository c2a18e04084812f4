using Azure.Data.Tables;
using Rdv.Tests.Contract;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Tables;

/// <summary>
/// Table Storage may end a page anywhere. Whoever reads a guard (a turn, a revision) after what it guards, on a page of its own, pairs what was true
/// before with the ETag of after, and the write that should have been refused goes through.
/// </summary>
public sealed class GuardsComeFirstTests
{
    [Theory]
    [InlineData("phone|")]
    [InlineData("dir|")]
    public async Task A_guard_is_the_first_row_of_what_it_guards(string prefix)
    {
        await using var app = await ContractApp.StartAsync(limits: true);
        const string Phone = "06 39 98 76 01";
        await app.BookAsync(Phone);
        await app.BookAsync(Phone);
        var keys = new List<string>();
        await foreach (var page in app.Table
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq '69' and RowKey ge {prefix} and RowKey lt {prefix + "~"}"), maxPerPage: 1, ["RowKey"], TestContext.Current.CancellationToken)
            .AsPages())
        {
            keys.AddRange(page.Values.Select(row => row.RowKey));
        }

        var families = keys.GroupBy(key => prefix == "dir|" ? prefix : string.Join('|', key.Split('|').Take(3))).Where(family => family.Count() > 1).ToList();
        families.ShouldNotBeEmpty();
        families.ShouldAllBe(family => family.First().Contains("|!", StringComparison.Ordinal));
    }
}
