using NodaTime;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Pages.Shared;
using Rdv.People;
using Rdv.Territories;
using Rdv.Workshops;

namespace Rdv.Tests.Pages;

/// <summary>One territory with two places, and an appointment in it.</summary>
internal static class Samples
{
    public static readonly Territory Rhone = Territory.Parse("69");
    public static readonly LocalDate Today = new(2026, 11, 23);
    public static readonly Instant Now = Today.At(new LocalTime(8, 0)).InZoneStrictly(Rhone.Zone).ToInstant();
    public static readonly PlaceId Library = new("mediatheque");
    public static readonly PlaceId TownHall = new("mairie");
    public static readonly Commune Vaulx = Communes.Find("69256")!;
    public static readonly Topic FirstSteps = Topics.Find("premiers-pas")!;

    public static readonly TerritoryDirectory TheDirectory = new(
        Rhone,
        [new Structure(new StructureId("s1"), "Ville")],
        [
            new Place(TownHall, new StructureId("s1"), "Mairie annexe", "18 rue du Canal", "69100", "Villeurbanne", "69266", 45.77, 4.89),
            new Place(Library, new StructureId("s1"), "Médiathèque", "4 place des Cerisiers", "69120", "Vaulx-en-Velin", "69256", 45.78, 4.92, Access: "Salle au fond."),
        ],
        [new Advisor(new AdvisorId("a1"), new StructureId("s1"), "Aline Exemple", null, null, [], [])]);

    public static Slot Slot(PlaceId place, int day, int hour, int minute = 0) =>
        new(new LocalDateTime(2026, 11, day, hour, minute), 60, new StructureId("s1"), place, 1);

    public static Appointment Appointment(string name = "Odette Fictive", string phone = "06 39 98 12 34") => new()
    {
        Reference = AppointmentReference.Derive(Rhone, "sample"),
        Start = new LocalDateTime(2026, 11, 26, 9, 30).InZoneStrictly(Rhone.Zone).ToInstant(),
        Minutes = 60,
        Topic = FirstSteps.Id,
        StructureId = new StructureId("s1"),
        PlaceId = Library,
        AdvisorId = new AdvisorId("a1"),
        Citizen = new Citizen(name, Phone(phone)),
        BookedBy = Actor.Citizen,
        CreatedAt = Now,
        Request = RequestIdentity.Of("test", "sample", ""),
        LinkSecret = 1,
        PhoneIndex = new PhoneIndex(1, "hash"),
    };

    /// <summary>The same person's seat in a workshop.</summary>
    public static Appointment Seat(string title = "Découvrir Internet", string name = "Odette Fictive", string phone = "06 39 98 12 34") =>
        Appointment(name, phone) with { Minutes = 120, Topic = "internet", Seat = new SeatIn(new WorkshopId("w0123456789abcdef"), title) };

    public static PlannedWorkshop Workshop(PlaceId place, int day, int hour, int left, string title = "Découvrir Internet", int seats = 8) => new(
        new WorkshopId($"w{day:0000000000}{hour:000000}"), title, "internet", new LocalDateTime(2026, 11, day, hour, 0), 120, place, seats, left, 1);

    public static AppointmentCard Card(Appointment appointment, Instant? now = null) => AppointmentCard.Of(appointment, TheDirectory, now ?? Now);

    private static PhoneNumber Phone(string text) => PhoneNumber.TryParse(text, Rhone, out var number) ? number : throw new ArgumentException("Not a number.", nameof(text));
}
