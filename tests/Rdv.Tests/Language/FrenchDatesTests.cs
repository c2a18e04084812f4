using NodaTime;
using Rdv.Language;
using Rdv.Sms;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Language;

public sealed class FrenchDatesTests
{
    private static readonly string[] Hours =
    [
        "minuit", "une heure", "deux heures", "trois heures", "quatre heures", "cinq heures", "six heures", "sept heures", "huit heures",
        "neuf heures", "dix heures", "onze heures", "midi", "treize heures", "quatorze heures", "quinze heures", "seize heures",
        "dix-sept heures", "dix-huit heures", "dix-neuf heures", "vingt heures", "vingt et une heures", "vingt-deux heures",
        "vingt-trois heures",
    ];

    private static readonly string[] Months =
    [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ];

    private static readonly string[] ShortMonths =
        ["janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "aout", "sept.", "oct.", "nov.", "déc."];

    [Fact]
    public void Every_month_has_its_names()
    {
        for (var month = 1; month <= 12; month++)
        {
            var date = new LocalDate(2026, month, 24);
            var day = FrenchDates.Date(date).Split(' ')[0];
            FrenchDates.Date(date).ShouldBe($"{day} 24 {Months[month - 1]}");
            FrenchDates.DateWithYear(date).ShouldBe($"{day} 24 {Months[month - 1]} 2026");
            FrenchDates.Spoken(date).ShouldBe($"{day} vingt-quatre {Months[month - 1]}");
            FrenchDates.SmsDate(date).ShouldBe($"{day} 24 {Months[month - 1].Replace('û', 'u')}");
            FrenchDates.ShortSmsDate(date).ShouldBe($"{day} 24 {ShortMonths[month - 1]}");
            FrenchDates.ShortestSmsDate(date).ShouldBe($"{day[..3]}. 24 {ShortMonths[month - 1]}");
        }
    }

    [Fact]
    public void A_week_starts_on_Monday_and_a_month_on_the_first()
    {
        FrenchDates.Date(new LocalDate(2026, 11, 23)).ShouldBe("lundi 23 novembre");
        FrenchDates.Date(new LocalDate(2026, 11, 29)).ShouldBe("dimanche 29 novembre");
        FrenchDates.Date(new LocalDate(2026, 12, 1)).ShouldBe("mardi 1er décembre");
        FrenchDates.Spoken(new LocalDate(2026, 12, 1)).ShouldBe("mardi premier décembre");
        FrenchDates.Spoken(new LocalDate(2026, 12, 31)).ShouldBe("jeudi trente et un décembre");
        FrenchDates.Spoken(new LocalDate(2026, 12, 17)).ShouldBe("jeudi dix-sept décembre");
    }

    [Fact]
    public void Every_hour_is_written_and_said()
    {
        for (var hour = 0; hour < 24; hour++)
        {
            FrenchDates.Time(new LocalTime(hour, 0)).ShouldBe($"{hour} h");
            FrenchDates.Time(new LocalTime(hour, 5)).ShouldBe($"{hour} h 05");
            FrenchDates.SmsTime(new LocalTime(hour, 30)).ShouldBe($"{hour}h30");
            FrenchDates.Spoken(new LocalTime(hour, 0)).ShouldBe(Hours[hour]);
            FrenchDates.Spoken(new LocalTime(hour, 45)).ShouldBe(Hours[hour] + " quarante-cinq");
        }
    }

    [Theory]
    [InlineData(9, 30, "neuf heures et demie")]
    [InlineData(9, 15, "neuf heures et quart")]
    [InlineData(12, 30, "midi et demi")]
    [InlineData(12, 15, "midi et quart")]
    [InlineData(0, 30, "minuit et demi")]
    [InlineData(14, 30, "quatorze heures trente")]
    [InlineData(14, 15, "quatorze heures quinze")]
    [InlineData(10, 21, "dix heures vingt et une")]
    [InlineData(10, 5, "dix heures cinq")]
    public void Minutes_are_said_as_a_person_says_them(int hour, int minute, string said) =>
        FrenchDates.Spoken(new LocalTime(hour, minute)).ShouldBe(said);

    [Fact]
    public void A_moment_is_a_day_and_an_hour()
    {
        FrenchDates.DateAndTime(new LocalDateTime(2026, 11, 24, 9, 0)).ShouldBe("mardi 24 novembre à 9 h");
        FrenchDates.Spoken(new LocalDateTime(2026, 11, 24, 9, 0)).ShouldBe("mardi vingt-quatre novembre à neuf heures");
    }

    [Fact]
    public void Every_day_of_two_years_is_in_the_letters_of_an_SMS()
    {
        for (var date = new LocalDate(2026, 1, 1); date.Year < 2028; date = date.PlusDays(1))
        {
            Gsm7.IsGsm7(FrenchDates.SmsDate(date) + FrenchDates.ShortSmsDate(date) + FrenchDates.ShortestSmsDate(date)).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("Odette Fictive", "Odette")]
    [InlineData("Mme FICTIVE Odette", "Odette")]
    [InlineData("M. Jean-Paul Inventé", "Jean-Paul")]
    [InlineData("FICTIVE Jean-Paul", "Jean-Paul")]
    [InlineData("Dr Odette Fictive", "Odette")]
    [InlineData("Odette d'Ornano", "Odette")]
    [InlineData("Henri", "Henri")]
    [InlineData(" Hélène ", "Hélène")]
    public void A_first_name_is_found(string name, string first) => FrenchNames.FirstName(name).ShouldBe(first);

    [Theory]
    [InlineData("  ")]
    [InlineData("ODETTE FICTIVE")]
    [InlineData("de La Tour Marie")]
    [InlineData("Monsieur et Madame Fictif")]
    [InlineData("Le Guen Yves")]
    [InlineData("Mme Vve Fictive")]
    [InlineData("El Amrani Fatima")]
    [InlineData("Mme Fictive")]
    [InlineData("D'Ornano Odette")]
    [InlineData("L’Hermite Odette")]
    [InlineData("Ben Fictif Odette")]
    [InlineData("Odette et Paul Fictif")]
    [InlineData("Odette & Paul")]
    [InlineData("Saint Fictif")]
    [InlineData("M. Fictif")]
    [InlineData("FICTIVE")]
    [InlineData("Famille Fictive")]
    [InlineData("Sœur Marie")]
    [InlineData("Fictive, Odette")]
    public void In_doubt_there_is_no_first_name(string name) => FrenchNames.FirstName(name).ShouldBeNull();

    [Theory]
    [InlineData("Bron", "CCAS de Bron")]
    [InlineData("Albi", "CCAS d'Albi")]
    [InlineData("Le Robert", "CCAS du Robert")]
    [InlineData("Les Abymes", "CCAS des Abymes")]
    [InlineData("La Bassée", "CCAS de La Bassée")]
    public void A_place_is_of_its_commune(string commune, string said) => FrenchNames.OfPlace("CCAS", commune).ShouldBe(said);

    [Theory]
    [InlineData("Odette", "d'Odette")]
    [InlineData("Élise", "d'Élise")]
    [InlineData("Hélène", "d'Hélène")]
    [InlineData("Yves", "d'Yves")]
    [InlineData("Yann", "de Yann")]
    [InlineData("Paul", "de Paul")]
    public void De_elides(string name, string of) => FrenchNames.Of(name).ShouldBe(of);

    [Theory]
    [InlineData("", "")]
    [InlineData("2", "mardi")]
    [InlineData("42", "mardi et jeudi")]
    [InlineData("12", "lundi et mardi")]
    [InlineData("531", "lundi, mercredi et vendredi")]
    [InlineData("1245", "lundi, mardi, jeudi et vendredi")]
    [InlineData("54321", "du lundi au vendredi")]
    [InlineData("345", "du mercredi au vendredi")]
    [InlineData("771", "lundi et dimanche")]
    public void Weekdays_are_said_as_a_sign_at_a_door_has_them(string days, string said) =>
        FrenchDates.Weekdays(days.Select(day => (IsoDayOfWeek)(day - '0'))).ShouldBe(said);

    [Theory]
    [InlineData(9, 0, "9h")]
    [InlineData(9, 5, "9h05")]
    [InlineData(14, 30, "14h30")]
    public void An_SMS_has_hours_in_few_letters(int hour, int minute, string said) => FrenchDates.SmsTime(new LocalTime(hour, minute)).ShouldBe(said);

    [Fact]
    public void The_shortest_dates_have_the_right_day()
    {
        FrenchDates.NumericSmsDate(new LocalDate(2026, 11, 24)).ShouldBe("mar. 24/11");
        FrenchDates.ShortestSmsDate(new LocalDate(2026, 11, 29)).ShouldBe("dim. 29 nov.");
    }
}
