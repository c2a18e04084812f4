using NodaTime;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Booking;

/// <summary>When a slot may start: not in the past, not sooner than the notice, not beyond the horizon, on the grid.</summary>
internal static class StartRules
{
    public static void Check(Instant? wanted, Territory territory, Duration notice, RdvSettings settings, Instant now, FieldErrors errors)
    {
        if (wanted is not { } start)
        {
            errors.Add("start", "Choisissez une heure.");
        }
        else if (start < now)
        {
            errors.Add("start", "Cette heure est passée. Choisissez-en une autre.");
        }
        else if (start < now + notice)
        {
            errors.Add("start", $"Il est trop tard pour réserver cette heure ici. Appelez le {settings.HotlinePhone}.");
        }
        else if (start.InZone(territory.Zone).Date > now.InZone(territory.Zone).Date.PlusDays(settings.HorizonDays))
        {
            errors.Add("start", $"On ne peut pas encore réserver si loin : {settings.HorizonDays} jours au plus.");
        }
    }

    public static WantedSlot? ToSlot(Territory territory, string topic, int minutes, PlaceId place, Means means, string? home, Instant start, FieldErrors errors)
    {
        var slot = WantedSlot.Of(topic, place, start.InZone(territory.Zone).LocalDateTime, minutes);
        if (slot is null)
        {
            errors.Add("start", "Un rendez-vous commence à une heure ronde : choisissez une des heures proposées.");
        }

        return slot is null ? null : slot with { Means = means, Home = home };
    }
}
