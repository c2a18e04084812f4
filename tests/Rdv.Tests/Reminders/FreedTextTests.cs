using CsCheck;
using NodaTime;
using Rdv.Language;
using Rdv.Sms;
using Rdv.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Reminders;

/// <summary>What someone who waits reads of a freed slot.</summary>
public sealed class FreedTextTests
{
    private static string Write(Rdv.Directory.TerritoryDirectory? directory = null, string territory = "69", LocalDateTime? at = null) => SmsTexts.Freed(
        MessageSamples.Waiting(territory),
        MessageSamples.Offer(territory, at),
        directory ?? MessageSamples.Directory(),
        MessageSamples.Settings,
        MessageSamples.Links);

    private static string Link(string territory = "69") =>
        WaitingLink.Of(MessageSamples.Waiting(territory), MessageSamples.Settings, MessageSamples.Links);

    [Fact]
    public void It_says_when_where_whom_to_call_and_what_to_do_before_the_link()
    {
        var text = Write(MessageSamples.Directory("Mairie de Bron", "Mairie de Bron", "2 place de Weingarten", "Bron"));
        Gsm7.Segments(text).ShouldBe(1, text);
        text.ShouldContain("Mairie de Bron");
        text.ShouldContain("lib");
        text.ShouldContain(" 24 nov");
        text.ShouldContain("à 9h30");
        text.ShouldContain("Weingarten");
        text.ShouldContain("Réserver: " + Link());
        text.ShouldContain("01 99 00 12 34");
        text.ShouldEndWith(Link());
        text.ShouldNotContain("Odette");
        text.ShouldNotContain("répon", Case.Insensitive, "nobody can answer an SMS of a one-way sender");
    }

    [Theory]
    [InlineData("974", 9, 30, "9h30")]
    [InlineData("987", 14, 0, "14h")]
    public void The_hour_is_the_wall_time_of_the_territory(string territory, int hour, int minute, string written) =>
        Write(territory: territory, at: new LocalDateTime(2026, 11, 24, hour, minute)).ShouldContain(" à " + written);

    [Fact]
    public void Awkward_names_never_make_UCS2_and_never_lose_what_matters()
    {
        var letters = Gen.OneOf(
            Gen.OneOf("ç", "œ", "’", "👋", "Ñ", "عربي", " ", "-", "Médiathèque", "de", "l’", "€", "[", "\uD83D", "\n", "日本"),
            Gen.Char['\u0000', '\u04FF'].Select(letter => letter.ToString()));
        var names = letters.Array[0, 30].Select(parts => string.Concat(parts));
        Gen.Select(names, names, names, names, Gen.OneOf("69", "2A", "974", "987"), Gen.Int[0, 500_000]).Sample(
            (structure, place, address, commune, territory, minutes) =>
            {
                var at = new LocalDateTime(2026, 1, 1, 0, 0).PlusMinutes(minutes);
                var text = Write(MessageSamples.Directory(structure, place, address, commune), territory, at);
                var start = MessageSamples.Offer(territory, at).Start.InZone(MessageSamples.Waiting(territory).Territory.Zone).LocalDateTime;
                Gsm7.IsGsm7(text).ShouldBeTrue();
                Gsm7.Segments(text).ShouldBeLessThanOrEqualTo(2);
                text.ShouldEndWith(Link(territory));
                text.Replace(" ", "", StringComparison.Ordinal).ShouldContain("0199001234");
                text.ShouldMatch($" {(start.Day == 1 ? "1(er|/)" : start.Day)}[ /]?");
                text.ShouldContain(" à " + FrenchDates.SmsTime(start.TimeOfDay));
            },
            iter: 300);
    }
}
