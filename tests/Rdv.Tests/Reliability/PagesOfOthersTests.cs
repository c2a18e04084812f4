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
        foreach (var persona in new[] { null, "admin" })
        {
            var before = await ReadAsync(app, addresses, persona);
            before.Count(answer => answer.Value.Status == 200).ShouldBeGreaterThan(persona is null ? 15 : 30);
            line.Fault = request => request.Partition == "13" ? StorageFault.Refused : StorageFault.None;
            var during = await ReadAsync(app, addresses, persona);
            line.Mend();
            // Forms are sealed anew at each look, and some answers tell the time: of those, the status is compared.
            var after = await ReadAsync(app, addresses, persona);
            var alike = addresses.Where(address => before[address] == after[address]).ToHashSet();
            alike.Count.ShouldBeGreaterThan(addresses.Count / 2);
            addresses.Where(address => during[address].Status != before[address].Status).ShouldBeEmpty($"as {persona}");
            alike.Where(address => during[address].Text != before[address].Text && !SaysWhatIsMissing(during[address].Text)).ShouldBeEmpty($"as {persona}");
            TestContext.Current.TestOutputHelper?.WriteLine($"{addresses.Count} addresses as {persona ?? "a visitor"}, {alike.Count} of them to the letter, as before.");
        }

        line.Fault = request => request.Partition == "13" ? StorageFault.Refused : StorageFault.None;
        // What is of all of them says what is missing; a sum for others to publish is not given out with a hole in it.
        (await app.GetAsync("/hotline/demandes", "admin")).Text.ShouldContain("celles de 13 ne se lisent pas");
        (await app.GetAsync("/api/admin/demand", "admin")).Status.ShouldBe(503);
    }

    /// <summary>What is of all of them, on pages, in a list of calls and in health.</summary>
    private static bool SaysWhatIsMissing(string text) =>
        text.Contains("13 ne se lisent pas", StringComparison.Ordinal) || text.Contains("\"inTrouble\":[\"13\"]", StringComparison.Ordinal);

    private static async Task<Dictionary<string, (int Status, string Text)>> ReadAsync(ContractApp app, IReadOnlyList<string> addresses, string? persona)
    {
        var answers = new Dictionary<string, (int, string)>();
        foreach (var address in addresses)
        {
            var reply = await app.GetAsync(address, persona);
            answers[address] = (reply.Status, reply.Text);
        }

        return answers;
    }
}
