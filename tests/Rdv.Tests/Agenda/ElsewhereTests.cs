using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Agenda;

/// <summary>When nothing is free at home, the nearest places beyond the border.</summary>
public sealed class ElsewhereTests(TableStorage storage) : ProductTest(storage)
{
    // Genas (69277) lies in the Rhône, 3 km from the Isère and 8 from the Ain.
    private const string Genas = "69277";

    [Fact]
    public async Task The_nearest_places_of_the_neighbours_come_by_distance_and_none_is_farther_than_40_km()
    {
        var (_, product) = await StartAsync(advisors: 0);
        await AddAsync(product, "69", new Place(new PlaceId("home"), new StructureId("s"), "Mairie", null, "69740", "Genas", Genas, 45.731, 5.002), open: false);
        await AddAsync(product, "38", new Place(new PlaceId("near"), new StructureId("s"), "Mairie", null, "38230", "Pont-de-Chéruy", "38316", 45.752, 5.172), open: true);
        await AddAsync(product, "01", new Place(new PlaceId("miribel"), new StructureId("s"), "Mairie", null, "01700", "Miribel", "01249", 45.825, 4.953), open: true);
        await AddAsync(product, "42", new Place(new PlaceId("roanne"), new StructureId("s"), "Mairie", null, "42300", "Roanne", "42187", 46.036, 4.068), open: true);
        await AddAsync(product, "74", new Place(new PlaceId("annecy"), new StructureId("s"), "Mairie", null, "74000", "Annecy", "74010", 45.899, 6.129), open: true);

        var elsewhere = await SearchAsync(product, Genas);
        elsewhere.Select(found => (found.Territory.Code, found.Place.Id.Value, Math.Round(found.Kilometres!.Value))).ShouldBe([("01", "miribel", 11), ("38", "near", 13)]);
        elsewhere.ShouldAllBe(found => found.Slot.Start == new LocalDateTime(2026, 11, 16, 11, 0) && found.Slot.PlaceId == found.Place.Id);
    }

    [Fact]
    public async Task A_commune_without_a_place_of_its_own_is_located_from_both_sides()
    {
        var (_, product) = await StartAsync(advisors: 0);
        // Condrieu (69064) and Les Roches-de-Condrieu (38340) face each other over the Rhône, in one group of communes.
        await AddAsync(product, "69", new Place(new PlaceId("far"), new StructureId("s"), "Mairie", null, "69400", "Villefranche-sur-Saône", "69264", 45.989, 4.719), open: false);
        await AddAsync(product, "38", new Place(new PlaceId("vienne"), new StructureId("s"), "Mairie", null, "38200", "Vienne", "38544", 45.525, 4.874), open: true);
        var found = (await SearchAsync(product, "69064")).ShouldHaveSingleItem();
        found.Place.Id.Value.ShouldBe("vienne");
        found.Kilometres.ShouldBeNull("the group is where its places are, which says nothing of how far Condrieu is from Vienne");
    }

    [Fact]
    public async Task Nothing_is_looked_for_elsewhere_when_something_is_free_or_the_commune_is_not_known_or_a_place_was_named()
    {
        var (_, product) = await StartAsync(advisors: 0);
        await AddAsync(product, "69", new Place(new PlaceId("home"), new StructureId("s"), "Mairie", null, "69740", "Genas", Genas, 45.731, 5.002), open: true);
        await AddAsync(product, "01", new Place(new PlaceId("miribel"), new StructureId("s"), "Mairie", null, "01700", "Miribel", "01249", 45.825, 4.953), open: true);
        (await SearchAsync(product, Genas)).ShouldBeEmpty();
        (await SearchAsync(product, null)).ShouldBeEmpty();
        (await SearchAsync(product, Genas, place: "nowhere")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_neighbour_costs_one_request_and_a_search_that_finds_costs_one()
    {
        var (_, product) = await StartAsync(advisors: 0);
        await AddAsync(product, "69", new Place(new PlaceId("home"), new StructureId("s"), "Mairie", null, "69740", "Genas", Genas, 45.731, 5.002), open: true);
        await AddAsync(product, "01", new Place(new PlaceId("miribel"), new StructureId("s"), "Mairie", null, "01700", "Miribel", "01249", 45.825, 4.953), open: true);
        await AddAsync(product, "38", new Place(new PlaceId("near"), new StructureId("s"), "Mairie", null, "38230", "Pont-de-Chéruy", "38316", 45.752, 5.172), open: true);
        await SearchAsync(product, Genas);
        product.Time.Skip(RecentAgendas.MaxAge);
        (await product.Storage.DuringAsync(() => SearchAsync(product, Genas))).ShouldBe(["range"]);

        await AddAsync(product, "69", new Place(new PlaceId("home"), new StructureId("s"), "Mairie", null, "69740", "Genas", Genas, 45.731, 5.002), open: false);
        foreach (var territory in Neighbours.Of(Territory.Parse("69")).Append(Territory.Parse("69")))
        {
            await product.Get<ITerritoryDirectories>().ReloadAsync(territory, TestContext.Current.CancellationToken);
        }

        product.Time.Skip(RecentAgendas.MaxAge);

        // One at home, and one for each of the two neighbours that have places near enough.
        (await product.Storage.DuringAsync(() => SearchAsync(product, Genas))).ShouldBe(["range", "range", "range"]);
    }

    private static async Task<IReadOnlyList<SlotElsewhere>> SearchAsync(Product product, string? insee, string? place = null)
    {
        var asked = new SlotSearch(Territory.Parse("69"), "premiers-pas", Insee: insee, Place: place is null ? null : new PlaceId(place));
        var found = (await product.Get<SearchSlots>().ExecuteAsync(asked, TestContext.Current.CancellationToken)).Value;
        return await product.Get<SearchElsewhere>().ExecuteAsync(asked, found, TestContext.Current.CancellationToken);
    }

    /// <summary>One place, with an advisor who is there from Monday to Friday, or never.</summary>
    private static Task AddAsync(Product product, string territory, Place place, bool open) => product.PutAsync(
        Territory.Parse(territory),
        new Structure(place.StructureId, place.Commune),
        place,
        new Advisor(
            new AdvisorId("a-" + place.Id),
            place.StructureId,
            "Conseiller",
            null,
            null,
            [],
            open ? [new OpeningHours([1, 2, 3, 4, 5], new LocalTime(9, 0), new LocalTime(17, 0), place.Id)] : []));
}
