using Rdv.Ids;

namespace Rdv.Directory;

/// <summary>What an advisor's day needs beside opening hours.</summary>
/// <param name="PauseMinutes">Between two meetings: a multiple of 5, up to <see cref="MaxPauseMinutes"/>.</param>
/// <param name="AppointmentsPerDay">An appointment, a workshop and a slot that is held count one each; null for as many as fit.</param>
/// <param name="Travels">What is said of the time between two places; of any other, the distance tells (<see cref="TravelTime"/>).</param>
public sealed record BookingRules(int PauseMinutes = 0, int? AppointmentsPerDay = null, IReadOnlyList<Travel>? Travels = null)
{
    public const int MaxPauseMinutes = 120;
    public const int MaxAppointmentsPerDay = 50;
    public const int MaxTravelMinutes = 240;
    public const int MaxTravels = 60;
    public const int MaxHomeKilometres = 50;

    public static BookingRules None { get; } = new();

    /// <summary>Where the advisor is met by video (<see cref="Rdv.Directory.VideoLink"/>); null for who is not.</summary>
    public string? VideoLink { get; init; }

    /// <summary>How far from the place of their hours the advisor goes to people's homes, as the crow flies; 0 for not at all.</summary>
    public int HomeKilometres { get; init; }

    /// <summary>Null when nothing is said of these two.</summary>
    internal int? MinutesBetween(PlaceId one, PlaceId other)
    {
        foreach (var travel in Travels ?? [])
        {
            if ((travel.From == one && travel.To == other) || (travel.From == other && travel.To == one))
            {
                return travel.Minutes;
            }
        }

        return null;
    }
}

/// <summary>How long an advisor takes between two places, there and back.</summary>
/// <param name="Minutes">A multiple of 5; 0 where one is next door.</param>
public sealed record Travel(PlaceId From, PlaceId To, int Minutes);
