using System.Text;
using Rdv.Directory.Import;
using Shouldly;

namespace Rdv.Tests.Directory;

internal static class Importing
{
    public static Stream Utf8(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));

    public static async Task<ImportReport> StructuresAsync(this InMemoryDirectoryStore store, string csv, bool dryRun = false) =>
        (await new ImportStructures(store).ExecuteAsync(Utf8(csv), dryRun, CancellationToken.None)).ShouldBeOfType<ImportOutcome.Done>().Report;

    public static async Task<ImportOutcome.Done> AdvisorsAsync(this InMemoryDirectoryStore store, string csv, bool dryRun = false) =>
        (await new ImportAdvisors(store).ExecuteAsync(Utf8(csv), dryRun, CancellationToken.None)).ShouldBeOfType<ImportOutcome.Done>();

    public static (int Lines, int Created, int Updated, int Unchanged, int Refused) Counts(this ImportReport report) =>
        (report.Lines, report.Created, report.Updated, report.Unchanged, report.Refused);

    public static ImportProblem ShouldRefuse(this ImportReport report, int line, string? column) =>
        report.Problems.Where(problem => problem.Severity == ImportSeverity.Error).ShouldHaveSingleItem().ShouldBeAt(line, column);

    public static ImportProblem ShouldWarn(this ImportReport report, int line, string? column)
    {
        report.Problems.ShouldAllBe(problem => problem.Severity == ImportSeverity.Warning);
        return report.Problems.ShouldHaveSingleItem().ShouldBeAt(line, column);
    }

    private static ImportProblem ShouldBeAt(this ImportProblem problem, int line, string? column)
    {
        (problem.Line, problem.Column).ShouldBe((line, column));
        return problem;
    }
}
