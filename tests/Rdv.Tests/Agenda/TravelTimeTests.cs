using Rdv.Directory;
using Rdv.Ids;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Agenda;

public sealed class TravelTimeTests
{
    private static readonly Place Lyon = At("lyon", "69383", 45.7600, 4.8600);

    [Theory]
    [InlineData("Villefranche-sur-Saône, 27 km", "69264", 45.9890, 4.7180, 55)]
    [InlineData("Vaulx-en-Velin, 4.9 km", "69256", 45.7780, 4.9180, 10)]
    [InlineData("the next street, 800 m", "69383", 45.7672, 4.8600, 5)]
    [InlineData("the next door, 200 m", "69383", 45.7618, 4.8600, 0)]
    [InlineData("another commune without coordinates", "69256", null, null, 30)]
    [InlineData("the same commune without coordinates", "69383", null, null, 10)]
    [InlineData("no commune either", null, null, null, 30)]
    public void The_way_is_told_by_the_distance(string what, string? insee, double? latitude, double? longitude, int minutes)
    {
        var other = At("other", insee, latitude, longitude);
        TravelTime.Minutes(Lyon, other).ShouldBe(minutes, what);
        TravelTime.Minutes(other, Lyon).ShouldBe(minutes, what);
    }

    [Fact]
    public void A_place_is_at_itself_and_a_place_that_is_no_longer_known_is_far() =>
        (TravelTime.Minutes(Lyon, Lyon), TravelTime.Minutes(At("x", null, null, null), At("x", null, null, null)), TravelTime.Minutes(Lyon, null), TravelTime.Minutes(null, null))
            .ShouldBe((0, 0, 30, 30));

    private static Place At(string id, string? insee, double? latitude, double? longitude) =>
        new(new PlaceId(id), new StructureId("s1"), id, null, null, "Commune", insee, latitude, longitude);
}
