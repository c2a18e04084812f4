using NodaTime;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;
using Rdv.Waiting;

namespace Rdv.Tests.Reminders;

/// <summary>One fictional appointment, its directory and settings; tests change what matters to them.</summary>
internal static class MessageSamples
{
    public static RdvSettings Settings { get; } = new()
    {
        HotlinePhone = "01 99 00 12 34",
        SiteBaseUrl = "https://rdv.example.fr",
        MailFrom = "rendez-vous@rdv.example.fr",
    };

    public static Links Links { get; } = new(new Secrets(Ring(1), Ring(2), Ring(3)));

    public static Structure Structure { get; } = new(new StructureId("mairie"), "Mairie de Vaulx-en-Velin");

    public static Place Place { get; } = new(
        new PlaceId("mediatheque"), Structure.Id, "Médiathèque Léonard de Vinci", "55 avenue Maurice Thorez", "69120", "Vaulx-en-Velin", "69256");

    public static Advisor Advisor { get; } = new(
        new AdvisorId("camille"), Structure.Id, "Camille Inventée", "camille.inventee@mairie.example", null, [], []);

    public static Appointment Appointment(string territory = "69", LocalDateTime? at = null, string phone = "04 65 71 12 34")
    {
        var place = Territory.Parse(territory);
        PhoneNumber.TryParse(phone, place, out var number);
        return new Appointment
        {
            Reference = AppointmentReference.Derive(place, "sample"),
            Start = (at ?? new LocalDateTime(2026, 11, 24, 9, 30)).InZoneLeniently(place.Zone).ToInstant(),
            Minutes = 60,
            Topic = "premiers-pas",
            StructureId = Structure.Id,
            PlaceId = Place.Id,
            AdvisorId = Advisor.Id,
            Citizen = new Citizen("Odette Fictive", number, Needs: "fauteuil roulant"),
            Helper = new Helper("Jeanne Fictive", number),
            Note = "Je n'ai jamais touché un ordinateur.",
            BookedBy = Actor.Citizen,
            CreatedAt = Instant.FromUtc(2026, 11, 10, 8, 0),
            Request = default,
            LinkSecret = 1,
            PhoneIndex = default,
        };
    }

    /// <summary>The same person's seat in a workshop.</summary>
    public static Appointment Seat(string title = "Découvrir Internet", string territory = "69", LocalDateTime? at = null) =>
        Appointment(territory, at ?? new LocalDateTime(2026, 11, 24, 14, 0)) with
        {
            Minutes = 120,
            Topic = "internet",
            Seat = new SeatIn(new WorkshopId("w0123456789abcdef"), title),
        };

    /// <summary>The same person's enrolment in a course of five sessions, the first of them.</summary>
    public static Appointment Enrolment(string title = "Maîtriser sa tablette") => Seat(title) with
    {
        Topic = "premiers-pas",
        Seat = new SeatIn(new WorkshopId("w0123456789abcdef"), title, new SessionOf(new CourseId("c0123456789abcde5"), 1)),
        Enrolment = Rdv.Appointments.Enrolment.Of(
            [Appointment().Reference, .. Enumerable.Range(1, 4).Select(session => AppointmentReference.Derive(Territory.Parse("69"), $"sample|{session}"))]),
    };

    public static WaitingPerson Waiting(string territory = "69") => new(
        WaitingId.Derive(Territory.Parse(territory), "sample"),
        Appointment(territory).Citizen,
        null,
        "premiers-pas",
        null,
        Actor.Citizen,
        Instant.FromUtc(2026, 11, 10, 8, 0),
        default,
        LinkSecret: 1,
        Offered: 1,
        Offers: []);

    public static Offer Offer(string territory = "69", LocalDateTime? at = null)
    {
        var start = Appointment(territory, at).Start;
        return new Offer(1, Advisor.Id, Place.Id, start, 60, "h", start);
    }

    public static TerritoryDirectory Directory(string? structure = null, string? place = null, string? address = null, string? commune = null) =>
        new(
            Territory.Parse("69"),
            [Structure with { Name = structure ?? Structure.Name }],
            [Place with { Name = place ?? Place.Name, Address = address ?? Place.Address, Commune = commune ?? Place.Commune }],
            [Advisor]);

    private static Keyring Ring(byte seed) => new(new Dictionary<int, byte[]> { [1] = [.. Enumerable.Repeat(seed, 32)] });
}
