using NodaTime;
using Rdv.Directory;
using Rdv.Ids;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Directory;

public sealed class OpeningHoursTextTests
{
    private static readonly PlaceId Home = new("home");

    [Fact]
    public void Days_times_and_places_are_read()
    {
        OpeningHoursText.TryParse("lun-ven 09:00-12:00 14:00-17:00; sam 09:00-12:00@annexe", Home, out var hours, out _).ShouldBeTrue();
        hours.Select(period => (string.Concat(period.Days), period.From, period.To, period.PlaceId.Value)).ShouldBe(
        [
            ("12345", new LocalTime(9, 0), new LocalTime(12, 0), "home"),
            ("12345", new LocalTime(14, 0), new LocalTime(17, 0), "home"),
            ("6", new LocalTime(9, 0), new LocalTime(12, 0), "annexe"),
        ]);
    }

    [Theory]
    [InlineData("lun-ven 09:00-12:00 14:00-17:00; sam 09:00-12:00@annexe", null)]
    [InlineData("lun,mar,jeu-sam 09:00-12:00", "lun,mar,jeu-sam 09:00-12:00")]
    [InlineData("dim 23:00-23:55", null)]
    [InlineData("", null)]
    [InlineData("lun - ven  9h–12h", "lun-ven 09:00-12:00")]
    [InlineData("Lundi, mardi 9h30 - 12h00", "lun,mar 09:30-12:00")]
    [InlineData("mar lun 9:00-12:00 @ annexe", "lun,mar 09:00-12:00@annexe")]
    [InlineData("lun 09:00-12:00\nmar\u00a014:00-17:00;", "lun 09:00-12:00; mar 14:00-17:00")]
    [InlineData("lun 09:00-12:00@home; mar 09:00-12:00@annexe", "lun 09:00-12:00; mar 09:00-12:00@annexe")]
    public void What_is_printed_reads_back(string text, string? printed)
    {
        OpeningHoursText.TryParse(text, Home, out var hours, out var problem).ShouldBeTrue(problem);
        OpeningHoursText.Print(hours, Home).ShouldBe(printed ?? text);
        OpeningHoursText.TryParse(printed ?? text, Home, out var again, out _).ShouldBeTrue();
        OpeningHoursText.Print(again, Home).ShouldBe(printed ?? text);
    }

    [Theory]
    [InlineData("lun", "les heures manquent")]
    [InlineData("09:00-12:00", "les jours manquent")]
    [InlineData("lune 09:00-12:00", "« lune » n'est pas un jour")]
    [InlineData("ven-lun 09:00-12:00", "plage de jours")]
    [InlineData("lun 09:00", "n'est pas une période")]
    [InlineData("lun 09:00-25:00", "n'est pas une période")]
    [InlineData("lun 09:60-10:00", "n'est pas une période")]
    [InlineData("lun 9-12", "n'est pas une période")]
    [InlineData("lun 09:03-12:00", "de 5 en 5 minutes")]
    [InlineData("lun 12:00-09:00", "la fin doit venir après le début")]
    [InlineData("lun 09:00-09:00", "la fin doit venir après le début")]
    [InlineData("lun 09:00-12:00@", "identifiant d'un lieu")]
    [InlineData("lun 09:00-12:00@là-bas", "identifiant d'un lieu")]
    [InlineData("lun-ven 09:00-12:00; mer 11:00-13:00@annexe", "couvrent le même moment")]
    public void What_is_wrong_is_said(string text, string problem)
    {
        OpeningHoursText.TryParse(text, Home, out var hours, out var said).ShouldBeFalse();
        said.ShouldContain(problem);
        hours.ShouldBeEmpty();
    }

    [Fact]
    public void Without_a_home_each_part_names_its_place()
    {
        OpeningHoursText.TryParse("lun 09:00-12:00", null, out _, out var problem).ShouldBeFalse();
        problem.ShouldContain("indiquez le lieu");
        OpeningHoursText.TryParse("lun 09:00-12:00@annexe", null, out _, out _).ShouldBeTrue();
    }
}
