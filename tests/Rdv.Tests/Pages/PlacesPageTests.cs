using Rdv.Directory;
using Rdv.Ids;
using Rdv.Pages.Info;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;
using static Rdv.Tests.Pages.Rendering;
using static Rdv.Tests.Pages.Samples;

namespace Rdv.Tests.Pages;

/// <summary>Where the advisor receives, in a département with as many places as the largest have.</summary>
public sealed class PlacesPageTests
{
    private const int Heaviest = 50_000;

    [Theory]
    [InlineData(5)]
    [InlineData(130)]
    public async Task It_names_them_all_and_is_light(int count)
    {
        var structure = new Structure(new StructureId("s1"), "Ville");
        var places = Enumerable.Range(0, count).Select(number => new Place(
            new PlaceId($"cnfs-{number}"), structure.Id, $"CTRE COM ACTION SOCIALE NUMERO {number}", $"{number} BD DU MARECHAL FOCH", "69120", $"Commune-sur-Rhône-{number}", "69256", 45.78, 4.92)).ToList();
        var advisors = places.Select(place => new Advisor(
            new AdvisorId("a" + place.Id), structure.Id, "Aline Exemple", null, null, [], [new OpeningHours([1, 3, 5], new NodaTime.LocalTime(9, 0), new NodaTime.LocalTime(12, 0), place.Id)]));
        var page = await RenderAsync<PlacesPage, PlacesView>(PlacesView.Of("69", new TerritoryDirectory(Rhone, [structure], places, advisors), insee: null, Today));
        page.ShouldBeSound();
        places.ShouldAllBe(place => page.QuerySelectorAll($"a[href='/chez/69/{place.Id}']").Length == 1);
        page.Body!.TextContent.ShouldContain($"{count - 1} boulevard du Maréchal Foch");
        System.Text.Encoding.UTF8.GetByteCount(page.Source.Text).ShouldBeLessThan(Heaviest);
    }
}
