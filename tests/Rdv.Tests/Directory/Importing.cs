using System.Text;
using Rdv.Directory.Import;
using Shouldly;

namespace Rdv.Tests.Directory;

internal static class Importing
{
    public static Stream Utf8(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));

    public static async Task<ImportReport> StructuresAsync(this InMemoryDirectoryStore store, string csv, bool dryRun = false) =>
        (await store.ImportStructures().ExecuteAsync(Utf8(csv), dryRun, CancellationToken.None)).Value;

    public static async Task<ImportReport> AdvisorsAsync(this InMemoryDirectoryStore store, string csv, bool dryRun = false) =>
        (await store.ImportAdvisors().ExecuteAsync(Utf8(csv), dryRun, CancellationToken.None)).Value;

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
