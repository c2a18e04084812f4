using Rdv.Local.Samples;
using Rdv.Tests.Directory;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Local;

public sealed class SampleDirectoryTests
{
    private static readonly string[] Territories = ["69", "67", "974", "38"];

    [Fact]
    public async Task The_sample_directory_comes_in_without_a_remark_and_stays_the_same_when_it_comes_again()
    {
        var store = new InMemoryDirectoryStore();
        for (var run = 1; run <= 2; run++)
        {
            using var structures = SampleDirectory.OpenStructures();
            using var advisors = SampleDirectory.OpenAdvisors();
            foreach (var (outcome, lines) in new[]
            {
                (await store.ImportStructures().ExecuteAsync(structures, dryRun: false, CancellationToken.None), 7),
                (await store.ImportAdvisors().ExecuteAsync(advisors, dryRun: false, CancellationToken.None), 9),
            })
            {
                var report = outcome.Value;
                report.Problems.ShouldBeEmpty();
                report.Counts().ShouldBe(run == 1 ? (lines, lines, 0, 0, 0) : (lines, 0, 0, lines, 0));
            }
        }

        Territories.Select(code => (store[code].Structures.Count, store[code].Advisors.Count)).ShouldBe([(3, 5), (1, 1), (1, 1), (2, 2)]);
        store["69"].Advisors.Values.ShouldContain(advisor => advisor.Hours.Select(hours => hours.PlaceId).Distinct().Count() == 2);
        foreach (var place in Territories.SelectMany(code => store[code].Places.Values))
        {
            place.Access.ShouldNotBeNull();
            place.Phone.ShouldNotBeNull();
        }

        store["974"].Advisors.Values.ShouldAllBe(advisor => advisor.Email!.EndsWith(".example", StringComparison.Ordinal));
    }
}
