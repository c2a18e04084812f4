using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Rdv.Directory.Import;
using Rdv.Territories;
using Rdv.Tests.Contract;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Reliability;

/// <summary>While storage refuses one département, whatever can be read of another one answers as before.</summary>
public sealed class PagesOfOthersTests
{
    [Fact]
    public async Task Every_page_and_answer_is_as_before()
    {
        var line = new StorageLine();
        await using var app = await ContractApp.StartAsync(configure: services => services.AddSingleton<TableClientOptions>(_ => line.ToOptions()));
        await Directories.FillAsync(app.App.Services.GetRequiredService<WriteDirectory>(), Territory.Parse("13"), advisors: 1);
        var values = RouteValues.Of(await app.BookAsync(), app.App.Services.GetRequiredService<Rdv.Invites.FeedTokens>(), await app.AskToBeCalledAsync());
        var addresses = Triggers.Http.Where(trigger => trigger.Method == "GET")
            .Select(trigger => values.AddressOf(trigger.Route) + $"?topic=premiers-pas&commune=69256&sujet=premiers-pas&key={values["key"]}&territory=69")
            .Distinct().ToList();
        var before = await ReadAsync(app, addresses);
        before.Count(answer => answer.EndsWith(" 200", StringComparison.Ordinal)).ShouldBeGreaterThan(30);

        line.Fault = request => request.Partition == "13" ? StorageFault.Refused : StorageFault.None;
        (await ReadAsync(app, addresses)).ShouldBe(before);

        // What is of all of them says what is missing; a sum for others to publish is not given out with a hole in it.
        (await app.GetAsync("/hotline/demandes", "admin")).Text.ShouldContain("celles de 13 ne se lisent pas");
        (await app.GetAsync("/api/admin/demand", "admin")).Status.ShouldBe(503);
        TestContext.Current.TestOutputHelper?.WriteLine($"{addresses.Count} addresses, as before.");
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(ContractApp app, IReadOnlyList<string> addresses)
    {
        var answers = new List<string>();
        foreach (var address in addresses)
        {
            answers.Add($"{address} {(await app.GetAsync(address, "admin")).Status}");
        }

        return answers;
    }
}
