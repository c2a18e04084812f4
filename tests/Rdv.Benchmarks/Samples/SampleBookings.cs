using System.Globalization;
using Rdv.Booking;
using Rdv.Ids;
using Rdv.People;

namespace Rdv.Benchmarks.Samples;

/// <summary>Bookings as a form gives them. The same key is the same booking, byte for byte.</summary>
internal static class SampleBookings
{
    // 06 39 98 xx xx is kept for fiction.
    private const int FictionNumbers = 10_000;

    /// <summary>With one advisor, by name.</summary>
    public static BookingRequest Named(SampleTerritory sample, int advisor, int number, string key, int phone) =>
        Booking(sample, sample.Places[advisor / SampleTerritory.AdvisorsPerPlace].Id, sample.Advisors[advisor].Id, sample.FreeStart(advisor, number), key, phone);

    /// <summary>With whoever is free at a place.</summary>
    public static BookingRequest Any(SampleTerritory sample, int place, int number, string key, int phone) =>
        Booking(sample, sample.Places[place].Id, null, sample.AnyStart(place, number), key, phone);

    private static BookingRequest Booking(
        SampleTerritory sample, PlaceId place, AdvisorId? advisor, NodaTime.Instant start, string key, int phone) => new(
            sample.Territory,
            SampleTerritory.Topic,
            start,
            place.Value,
            advisor?.Value,
            Hold: null,
            new CitizenForm("Jeanne Martin", string.Create(CultureInfo.InvariantCulture, $"063998{phone % FictionNumbers:D4}")),
            Helper: null,
            Note: "Vient avec son téléphone.",
            Actor.Citizen,
            RequestIdentity.Of("benchmark", key, key));
}
