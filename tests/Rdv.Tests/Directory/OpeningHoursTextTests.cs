using CsCheck;
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
    [InlineData("lun 22:00-02:00", "la fin doit venir après le début")]
    [InlineData("lundi matin", "écrivez les heures")]
    [InlineData("lundi après-midi, mardi 9h-12h", "écrivez les heures")]
    [InlineData("24/7", "n'est pas une période")]
    [InlineData("Mo 09:00+", "n'est pas une période")]
    [InlineData("PH off", "aucune heure d'ouverture")]
    [InlineData("sur rendez-vous", "aucune heure d'ouverture")]
    [InlineData("fermé", "aucune heure d'ouverture")]
    [InlineData("horaires variables", "n'est pas un jour")]
    [InlineData("voir le site", "n'est pas un jour")]
    [InlineData("lun-ven 9h-12h sauf exception", "n'est pas un jour")]
    [InlineData("lun-ven 09:00-12:00; mer 11:00-13:00@annexe", "couvrent le même moment")]
    public void What_is_wrong_is_said(string text, string problem)
    {
        OpeningHoursText.TryParse(text, Home, out var hours, out var said).ShouldBeFalse();
        said.ShouldContain(problem);
        hours.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00", "lun-ven 09:00-12:00 14:00-18:30; sam 08:30-12:00")]
    [InlineData("lundi 09:00 - 12:00 / 13:30 - 17:00", "lun 09:00-12:00 13:30-17:00")]
    [InlineData("du lundi au vendredi de 9h à 12h et de 14h à 17h", "lun-ven 09:00-12:00 14:00-17:00")]
    [InlineData("lun-ven 09:00-12:00, 14:00-17:00", "lun-ven 09:00-12:00 14:00-17:00")]
    [InlineData("Mo 09:30-12:30,13:30-15:30; PH off", "lun 09:30-12:30 13:30-15:30")]
    [InlineData("lundi-vendredi 9h-12h", "lun-ven 09:00-12:00")]
    [InlineData("Lundi : 9h00 à 12h30 - Mardi : 14h à 17h", "lun 09:00-12:30; mar 14:00-17:00")]
    [InlineData("Lundi, mercredi et vendredi : 9h - 12h / 14h - 17h (sur RDV)", "lun,mer,ven 09:00-12:00 14:00-17:00")]
    [InlineData("les mardis et jeudis de 14h à 17h30", "mar,jeu 14:00-17:30")]
    [InlineData("Lun. au ven. : 9H30-12H00, 13.30-17.00", "lun-ven 09:30-12:00 13:30-17:00")]
    [InlineData("Lu-Ve 9h/12h", null)]
    [InlineData("mercredi 14-17h", "mer 14:00-17:00")]
    [InlineData("mercredi de 10h à midi", "mer 10:00-12:00")]
    [InlineData("tous les jours 10h-12h", "lun-dim 10:00-12:00")]
    [InlineData("Mo,We,Fr 09:00-12:00", "lun,mer,ven 09:00-12:00")]
    [InlineData("Mo-Fr 09:00-12:00, Tu 14:00-17:00", "lun-ven 09:00-12:00; mar 14:00-17:00")]
    [InlineData("Mo-Fr 09:00-17:00; We 09:00-12:00", "lun,mar,jeu,ven 09:00-17:00; mer 09:00-12:00")]
    [InlineData("Mo-Fr 09:00-17:00; We off", "lun,mar,jeu,ven 09:00-17:00")]
    [InlineData("Mo-Fr 09:00-12:00; PH,Su off", "lun-ven 09:00-12:00")]
    [InlineData("Sa-Mo 10:00-12:00", "lun,sam,dim 10:00-12:00")]
    [InlineData("du lundi au vendredi sauf mercredi 9h-12h", "lun,mar,jeu,ven 09:00-12:00")]
    [InlineData("lundi au samedi 9h-12h, fermé le jeudi", "lun-mer,ven,sam 09:00-12:00")]
    [InlineData("lundi 9h-12h, mardi fermé, mercredi 9h-12h", "lun 09:00-12:00; mer 09:00-12:00")]
    [InlineData("lundi : le matin de 9h à 12h et l'après-midi de 14h à 16h", "lun 09:00-12:00 14:00-16:00")]
    [InlineData("lun-ven 9h-12h, fermé les jours fériés", "lun-ven 09:00-12:00")]
    [InlineData("Mo-Fr 09:00-12:00 \"sur rendez-vous\"; Sa off", "lun-ven 09:00-12:00")]
    [InlineData("lun-ven 9h–12h sur rendez-vous uniquement", "lun-ven 09:00-12:00")]
    [InlineData("lun 9h-12h@Médiathèque n° 2", "lun 09:00-12:00@Mediatheque-n-2-")]
    public void What_people_and_OpenStreetMap_write_is_read(string text, string? printed)
    {
        if (printed is null)
        {
            OpeningHoursText.TryParse(text, Home, out _, out _).ShouldBeFalse();
            return;
        }

        OpeningHoursText.TryParse(text, Home, out var hours, out var left, out var problem).ShouldBeTrue(problem);
        OpeningHoursText.Print(hours, Home).ShouldStartWith(printed);
        left.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Mo-Fr 09:00-12:00; SH off", "lun-ven 09:00-12:00", "SH off")]
    [InlineData("lun-ven 9h-12h hors vacances scolaires", "lun-ven 09:00-12:00", "vacances scolaires")]
    [InlineData("Mo-Fr 09:00-12:00; Sa[1] 10:00-12:00", "lun-ven 09:00-12:00", "Sa [1] 10:00-12:00")]
    [InlineData("Mo-Fr 09:00-12:00; Jul-Aug Mo 10:00-12:00", "lun-ven 09:00-12:00", "Jul-Aug")]
    [InlineData("Mo-Fr 09:00-12:00; week 1-53/2 Sa 10:00-12:00", "lun-ven 09:00-12:00", "week 1")]
    [InlineData("Mo-Fr 09:00-12:00; PH 10:00-12:00", "lun-ven 09:00-12:00", "PH 10:00-12:00")]
    [InlineData("Mo-Fr 09:00-12:00; Dec 24 off", "lun-ven 09:00-12:00", "Dec 24 off")]
    [InlineData("lun 9h-12h; 1er mercredi du mois 14h-17h", "lun 09:00-12:00", "1er mercredi")]
    [InlineData("lun-ven 9h-12h; mar 14h-17h (semaines paires)", "lun-ven 09:00-12:00", "semaines paires")]
    [InlineData("Mo-Fr 09:00-12:00; We 14:00-17:00 \"pendant les vacances scolaires\"", "lun-ven 09:00-12:00", "vacances")]
    [InlineData("Mo 09:00-12:00; Mo 14:00-17:00", "lun 14:00-17:00", "remplace")]
    public void What_is_known_and_cannot_be_kept_is_said_and_opens_nothing(string text, string printed, string left)
    {
        OpeningHoursText.TryParse(text, Home, out var hours, out var said, out var problem).ShouldBeTrue(problem);
        OpeningHoursText.Print(hours, Home).ShouldBe(printed);
        said.ShouldHaveSingleItem().ShouldContain(left);
    }

    [Theory]
    [InlineData("Apr-Oct Mo-Fr 09:00-12:00")]
    [InlineData("tous les 15 jours le lundi 9h-12h")]
    [InlineData("semaines paires : lundi 9h-12h")]
    [InlineData("lun-ven 09:00-12:00 (semaines paires)")]
    [InlineData("Mo 09:00-12:00 \"une semaine sur deux\"")]
    public void A_season_alone_opens_nothing(string text) => OpeningHoursText.TryParse(text, Home, out _, out _).ShouldBeFalse();

    [Fact]
    public void Whatever_is_written_is_read_or_said() =>
        Gen.OneOf(Gen.Const("lun"), Gen.Const("Mo"), Gen.Const("-"), Gen.Const(" 9h-12h"), Gen.Const(";"), Gen.Const(", "), Gen.Const("off"), Gen.Const("PH "),
            Gen.Const("sauf "), Gen.Const("(x"), Gen.Const("\""), Gen.Const("@"), Gen.Const("matin "), Gen.String[0, 5]).Array[0, 12].Sample(
            parts =>
            {
                var text = string.Concat(parts);
                return string.IsNullOrWhiteSpace(text) || OpeningHoursText.TryParse(text, Home, out var hours, out var problem) != (problem.Length > 0 || hours.Count == 0);
            },
            iter: 3_000);

    [Fact]
    public void Without_a_home_each_part_names_its_place()
    {
        OpeningHoursText.TryParse("lun 09:00-12:00", null, out _, out var problem).ShouldBeFalse();
        problem.ShouldContain("indiquez le lieu");
        OpeningHoursText.TryParse("lun 09:00-12:00@annexe", null, out _, out _).ShouldBeTrue();
    }
}
