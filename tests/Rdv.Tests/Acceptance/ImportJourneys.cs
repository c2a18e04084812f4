using System.Text;
using Rdv.Tests.Contract;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Acceptance;

/// <summary>An administrator brings places and advisors in.</summary>
public abstract class ImportJourneys(Target target) : Journeys(target)
{
    private const string Structures = "/api/admin/import/structures";
    private const string Advisors = "/api/admin/import/advisors";
    private const int MaxBytes = 20 * 1024 * 1024;

    private static readonly Ground Ground = Ground.Import;

    [Fact]
    public async Task A_file_is_tried_taken_and_taken_again_without_harm()
    {
        NeedsStaff();
        var file = Ground.StructuresCsv(Ground);
        Counts(await Visitor.PostCsvAsync(Structures + "?dryRun=true", file)).ShouldBe((1, 0));
        Counts(await Visitor.PostCsvAsync(Structures, file)).ShouldBe((1, 0));
        (await Visitor.PostCsvAsync(Structures, file)).Json.GetProperty("unchanged").GetInt32().ShouldBe(1);
        Counts(await Visitor.PostCsvAsync(Advisors, Ground.AdvisorsCsv(Ground))).ShouldBe((1, 0));
        (await Visitor.PostCsvAsync(Advisors, Ground.AdvisorsCsv(Ground))).Json.GetProperty("unchanged").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_line_that_is_wrong_is_refused_alone()
    {
        NeedsStaff();
        var reply = await Visitor.PostCsvAsync(Structures + "?dryRun=true", Ground.StructuresCsv(Ground) + "\n,,,,,\n");
        Counts(reply).ShouldBe((2, 1));
        reply.Json.GetProperty("problems").EnumerateArray().ShouldContain(problem => problem.GetProperty("line").GetInt32() == 3);
    }

    [Theory]
    [InlineData(Structures)]
    [InlineData(Advisors)]
    public async Task A_file_that_cannot_be_read_is_invalid(string path)
    {
        NeedsStaff();
        foreach (var bytes in (byte[][])[[], Encoding.Unicode.GetBytes(Ground.StructuresCsv(Ground)), [0xFF, 0xC3, 0x28], "nom;prix\nx;1\n"u8.ToArray(), new byte[10]])
        {
            var reply = await Visitor.PostAsync(path, bytes, "text/csv", "admin");
            (reply.Status, reply.Code).ShouldBe((400, "invalid"), reply.ToString());
        }
    }

    [Theory]
    [InlineData(Structures, MaxBytes + 1)]
    [InlineData(Advisors, MaxBytes + 1)]
    [InlineData(Structures, 25 * 1024 * 1024)]
    [InlineData(Structures, 40 * 1024 * 1024)]
    public async Task A_file_over_20_MB_is_invalid(string path, int size)
    {
        NeedsStaff();
        var bytes = new byte[size];
        Array.Fill(bytes, (byte)'a');
        var reply = await Visitor.PostAsync(path, bytes, "text/csv", "admin");
        (reply.Status, reply.Code).ShouldBe((400, "invalid"), reply.ToString());
    }

    private static (int Lines, int Refused) Counts(Reply reply)
    {
        reply.Status.ShouldBe(200, reply.Text);
        return (reply.Json.GetProperty("lines").GetInt32(), reply.Json.GetProperty("refused").GetInt32());
    }
}
