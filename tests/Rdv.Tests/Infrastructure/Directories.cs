using NodaTime;
using Rdv.Directory;
using Rdv.Directory.Import;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Tests.Infrastructure;

/// <summary>A directory of one structure with one place, <c>p1</c>, where advisors <c>a1</c>, <c>a2</c> … receive every day from 8:00 to 20:00.</summary>
internal static class Directories
{
    public static readonly StructureId Structure = new("s1");
    public static readonly PlaceId Place = new("p1");

    public static string MailOf(string advisor) => $"{advisor}@structure.example";

    public static Task FillAsync(WriteDirectory write, Territory territory, int advisors, int fromHour = 8, int toHour = 20) =>
        write.PutAsync(
            territory,
            [
                new Structure(Structure, "Médiathèque du Parc"),
                new Place(Place, Structure, "Médiathèque du Parc", "1 rue du Parc", "69003", "Lyon", "69383"),
                .. Enumerable.Range(1, advisors).Select(number => new Advisor(
                    new AdvisorId($"a{number}"),
                    Structure,
                    $"Conseiller {number}",
                    MailOf($"a{number}"),
                    null,
                    [],
                    [new OpeningHours([1, 2, 3, 4, 5, 6, 7], new LocalTime(fromHour, 0), toHour == 24 ? LocalTime.Midnight : new LocalTime(toHour, 0), Place)])),
            ]);

    /// <summary>Rows of the directory as they are to be, whatever is there.</summary>
    public static Task PutAsync(this WriteDirectory write, Territory territory, params IRow[] rows) =>
        write.ExecuteAsync(territory, rows, (row, _) => Task.FromResult<RowWrite?>(new RowWrite.Put(row)), CancellationToken.None);
}
