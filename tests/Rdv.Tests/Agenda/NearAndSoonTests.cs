using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Agenda;

/// <summary>In which order free slots are proposed to somebody of Vaulx-en-Velin.</summary>
public sealed class NearAndSoonTests
{
    private static readonly LocalDate Today = new(2026, 11, 23);
    private static readonly StructureId Town = new("ville");

    // About 0, 4 and 24 kilometres from the first.
    private static readonly TerritoryDirectory Rhone = new(
        Territory.Parse("69"),
        [new Structure(Town, "Ville")],
        [At("ici", 45.78, "69256"), At("pres", 45.816, "69266"), At("loin", 45.996, "69264"), new Place(new PlaceId("inconnu"), Town, "inconnu", null, null, "Ailleurs", null)],
        []);

    [Fact]
    public void Next_door_tomorrow_comes_before_far_away_today_and_far_away_before_next_month() => Order(
        ("loin", 23, 9), ("ici", 24, 9), ("pres", 24, 9), ("ici", 33, 9)).ShouldBe(["ici 24 9", "pres 24 9", "loin 23 9", "ici 33 9"]);

    [Fact]
    public void Five_proposals_are_not_five_times_the_same_morning() => Order(
        ("ici", 24, 9), ("ici", 24, 10), ("ici", 24, 11), ("ici", 24, 14), ("ici", 24, 15), ("ici", 25, 9)).ShouldBe(["ici 24 9", "ici 24 14", "ici 25 9"]);

    [Fact]
    public void A_place_that_nobody_can_locate_is_not_taken_to_be_next_door() => Order(
        ("inconnu", 24, 9), ("pres", 25, 9)).ShouldBe(["pres 25 9", "inconnu 24 9"]);

    [Fact]
    public void For_whoever_is_called_no_place_is_far_and_one_hour_of_two_advisors_is_one_proposal() => Order(
        [.. new[] { Slot("loin", 24, 9), Slot("ici", 24, 9), Slot("ici", 25, 9) }.Select(slot => slot with { Means = Means.Phone })]).ShouldBe(["ici 24 9", "ici 25 9"]);

    private static IEnumerable<string> Order(params (string Place, int Day, int Hour)[] slots) => Order([.. slots.Select(slot => Slot(slot.Place, slot.Day, slot.Hour))]);

    private static IEnumerable<string> Order(IReadOnlyList<Slot> slots) => NearAndSoon.Of(slots, Nearness.From("69256", Rhone), Today)
        .Select(slot => $"{slot.PlaceId} {Period.DaysBetween(Today, slot.Start.Date) + 23} {slot.Start.Hour}");

    private static Slot Slot(string place, int day, int hour) =>
        new(Today.PlusDays(day - 23).At(new LocalTime(hour, 0)), 60, Town, new PlaceId(place), 1);

    private static Place At(string id, double latitude, string insee) => new(new PlaceId(id), Town, id, null, null, id, insee, latitude, 4.92);
}
