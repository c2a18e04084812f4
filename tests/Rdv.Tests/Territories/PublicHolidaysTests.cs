using NodaTime;
using NodaTime.Text;
using Rdv.Territories;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Territories;

/// <summary>The days on which nobody receives, for any year and any territory.</summary>
public sealed class PublicHolidaysTests
{
    private static readonly string[] AllTerritories =
        [.. Enumerable.Range(1, 95).Where(number => number != 20).Select(number => number.ToString("00", null)), "2A", "2B",
            "971", "972", "973", "974", "975", "976", "977", "978", "986", "987", "988"];

    // As published for France (Service-Public.fr, jours fériés) for 2024 to 2027.
    [Theory]
    [InlineData(2024, "2024-01-01 2024-04-01 2024-05-01 2024-05-08 2024-05-09 2024-05-20 2024-07-14 2024-08-15 2024-11-01 2024-11-11 2024-12-25")]
    [InlineData(2025, "2025-01-01 2025-04-21 2025-05-01 2025-05-08 2025-05-29 2025-06-09 2025-07-14 2025-08-15 2025-11-01 2025-11-11 2025-12-25")]
    [InlineData(2026, "2026-01-01 2026-04-06 2026-05-01 2026-05-08 2026-05-14 2026-05-25 2026-07-14 2026-08-15 2026-11-01 2026-11-11 2026-12-25")]
    [InlineData(2027, "2027-01-01 2027-03-29 2027-05-01 2027-05-06 2027-05-08 2027-05-17 2027-07-14 2027-08-15 2027-11-01 2027-11-11 2027-12-25")]
    public void A_year_has_the_eleven_days_of_the_law(int year, string days) =>
        In("69", year).ShouldBe(days.Split(' ').Select(day => LocalDatePattern.Iso.Parse(day).Value));

    [Theory]
    [InlineData(1961, 4, 2)]
    [InlineData(2008, 3, 23)] // the earliest in two centuries
    [InlineData(2011, 4, 24)]
    [InlineData(2038, 4, 25)] // the latest there is
    [InlineData(2049, 4, 18)]
    [InlineData(2076, 4, 19)]
    [InlineData(2285, 3, 22)] // the earliest there is
    public void Easter_Monday_follows_the_Easter_of_any_year(int year, int month, int day) =>
        PublicHolidays.NameOf(Territory.Parse("75"), new LocalDate(year, month, day).PlusDays(1)).ShouldBe("Lundi de Pâques");

    [Theory]
    [InlineData("57")]
    [InlineData("67")]
    [InlineData("68")]
    public void Alsace_and_Moselle_have_Good_Friday_and_Saint_Stephen_as_well(string territory)
    {
        In(territory, 2027).Except(In("69", 2027)).ShouldBe([new LocalDate(2027, 3, 26), new LocalDate(2027, 12, 26)]);
        PublicHolidays.NameOf(Territory.Parse(territory), new LocalDate(2027, 3, 26)).ShouldBe("Vendredi saint");
    }

    [Theory]
    [InlineData("976", 4, 27)]
    [InlineData("972", 5, 22)]
    [InlineData("971", 5, 27)]
    [InlineData("978", 5, 28)]
    [InlineData("973", 6, 10)]
    [InlineData("977", 10, 9)]
    [InlineData("974", 12, 20)]
    public void Overseas_the_abolition_of_slavery_has_a_day_of_its_own(string territory, int month, int day)
    {
        In(territory, 2027).Except(In("69", 2027)).ShouldBe([new LocalDate(2027, month, day)]);
        AllTerritories.Where(other => other != territory && PublicHolidays.NameOf(Territory.Parse(other), new LocalDate(2027, month, day)) == "Abolition de l'esclavage")
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("986", "2027-04-28 2027-06-29 2027-07-29")]
    [InlineData("987", "2027-03-05 2027-03-26 2027-11-20")]
    [InlineData("987", "2025-03-05 2025-04-18 2025-06-29")]
    [InlineData("988", "2027-09-24")]
    [InlineData("975", "")]
    public void The_countries_of_the_Pacific_have_days_of_their_own(string territory, string days)
    {
        var year = days.StartsWith("2025", StringComparison.Ordinal) ? 2025 : 2027;
        In(territory, year).Except(In("69", year)).ShouldBe(days.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(day => LocalDatePattern.Iso.Parse(day).Value));
    }

    [Fact]
    public void Whatever_the_year_each_territory_has_ten_to_fourteen()
    {
        // Two of them meet now and then: Ascension fell on 1 May in 2008, and falls on 8 May in 2097.
        foreach (var territory in AllTerritories)
        {
            for (var year = 2020; year <= 2120; year++)
            {
                In(territory, year).Count.ShouldBeInRange(10, 14, $"{territory} {year}");
            }
        }
    }

    private static List<LocalDate> In(string territory, int year)
    {
        var parsed = Territory.Parse(territory);
        var first = new LocalDate(year, 1, 1);
        return [.. Enumerable.Range(0, first.Calendar.GetDaysInYear(year)).Select(first.PlusDays).Where(date => PublicHolidays.Contains(parsed, date))];
    }
}
