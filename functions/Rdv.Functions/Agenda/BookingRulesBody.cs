using System.Text.Json.Serialization;
using Rdv.Directory;
using Rdv.Ids;

namespace Rdv.Functions.Agenda;

/// <summary>What an advisor's day needs beside opening hours, as the API reads and writes it.</summary>
public sealed record BookingRulesBody(int? PauseMinutes, int? AppointmentsPerDay, IReadOnlyList<TravelBody?>? Travels)
{
    /// <summary>Left out where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? VideoLink { get; init; }

    /// <summary>Left out where the advisor goes to no home.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? HomeKilometres { get; init; }

    public static BookingRulesBody Of(BookingRules rules) => new(
        rules.PauseMinutes,
        rules.AppointmentsPerDay,
        [.. (rules.Travels ?? []).Select(travel => new TravelBody(travel.From.Value, travel.To.Value, travel.Minutes))])
    {
        VideoLink = rules.VideoLink,
        HomeKilometres = rules.HomeKilometres == 0 ? null : rules.HomeKilometres,
    };

    public Result<BookingRules> Read()
    {
        var errors = new FieldErrors();
        var travels = new List<Travel>();
        for (var i = 0; i < (Travels?.Count ?? 0); i++)
        {
            if (Travels![i] is { From: { } from, To: { } to, Minutes: { } minutes })
            {
                travels.Add(new Travel(new PlaceId(from), new PlaceId(to), minutes));
            }
            else
            {
                errors.Add($"travels[{i}]", "Indiquez deux lieux, et les minutes de l'un à l'autre.");
            }
        }

        if (PauseMinutes is null)
        {
            errors.Add("pauseMinutes", "Indiquez la pause entre deux rendez-vous, en minutes : 0 pour aucune.");
        }

        return errors.Any ? new Refusal.Invalid(errors) : new BookingRules(PauseMinutes ?? 0, AppointmentsPerDay, travels.Count > 0 ? travels : null)
        {
            VideoLink = string.IsNullOrWhiteSpace(VideoLink) ? null : VideoLink.Trim(),
            HomeKilometres = HomeKilometres ?? 0,
        };
    }
}

/// <summary>How long an advisor takes between two places, there and back.</summary>
public sealed record TravelBody(string? From, string? To, int? Minutes);
