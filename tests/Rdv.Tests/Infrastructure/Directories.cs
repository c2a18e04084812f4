using NodaTime;
using Rdv.Directory;
using Rdv.Territories;

namespace Rdv.Tests.Infrastructure;

/// <summary>A directory of one structure with one place, <c>p1</c>, where advisors <c>a1</c>, <c>a2</c> … receive every day from 8:00 to 20:00.</summary>
internal static class Directories
{
    public static readonly StructureId Structure = new("s1");
    public static readonly PlaceId Place = new("p1");

    public static string MailOf(string advisor) => $"{advisor}@structure.example";

    public static Task FillAsync(IDirectoryStore store, Territory territory, int advisors, int fromHour = 8, int toHour = 20) =>
        store.UpsertAsync(
            territory,
            [new Structure(Structure, "Médiathèque du Parc")],
            [new Place(Place, Structure, "Médiathèque du Parc", "1 rue du Parc", "69003", "Lyon", "69383")],
            [.. Enumerable.Range(1, advisors).Select(number => new Advisor(
                new AdvisorId($"a{number}"),
                Structure,
                $"Conseiller {number}",
                MailOf($"a{number}"),
                null,
                [],
                [new OpeningHours([1, 2, 3, 4, 5, 6, 7], new LocalTime(fromHour, 0), toHour == 24 ? LocalTime.Midnight : new LocalTime(toHour, 0), Place)]))],
            CancellationToken.None);
}
