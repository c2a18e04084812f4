using NodaTime;
using NodaTime.Text;
using Rdv.Directory;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Directory;

/// <summary>Whether somebody answers now is read from the sentence that people read.</summary>
public sealed class HotlineHoursTests
{
    private const string Usual = "du lundi au vendredi, de 9 h à 17 h";

    [Theory]
    [InlineData(Usual, "2026-11-26T10:00", null)]
    [InlineData(Usual, "2026-11-26T09:00", null)]
    [InlineData(Usual, "2026-11-26T08:59", "2026-11-26T09:00")]
    [InlineData(Usual, "2026-11-26T17:00", "2026-11-27T09:00")]
    [InlineData(Usual, "2026-11-27T18:30", "2026-11-30T09:00")] // a Friday evening
    [InlineData(Usual, "2026-12-24T20:00", "2026-12-28T09:00")] // Christmas is a Friday
    [InlineData("du lundi au samedi de 8h30 à 12h et de 14h à 18h", "2026-11-28T12:30", "2026-11-28T14:00")]
    [InlineData("lun-ven 09:00-17:00", "2026-11-29T10:00", "2026-11-30T09:00")]
    [InlineData("quand il fait beau", "2026-11-29T10:00", null)]
    [InlineData("tous les jours sauf en août, de 9 h à 17 h", "2026-11-29T03:00", null)]
    [InlineData("", "2026-11-29T10:00", null)]
    public void The_next_opening_is_told_while_it_is_closed(string hours, string now, string? next) =>
        HotlineHours.Of(hours).NextOpening(Local(now).InZoneLeniently(DateTimeZoneProviders.Tzdb["Europe/Paris"]).ToInstant())
            .ShouldBe(next is null ? null : Local(next));

    private static LocalDateTime Local(string text) => LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(text).Value;
}
