using Rdv.Appointments;
using Rdv.Pages.Shared;
using Rdv.People;

namespace Rdv.Functions.Pages.Booking;

/// <summary>By which door somebody books: the public pages, or the hotline's for a caller. The flow behind is the same.</summary>
/// <param name="ChooseAddress">Where an hour is chosen.</param>
/// <param name="SubmitAddress">Where the form is sent.</param>
/// <param name="Home">Where to begin again.</param>
public sealed record BookingDoor(Actor By, string ChooseAddress, string SubmitAddress, string Home)
{
    public static readonly BookingDoor Public = new(Actor.Citizen, "/reserver/heure", "/reserver", "/");

    public static readonly BookingDoor Hotline = new(Actor.Hotline, "/hotline/reserver/heure", "/hotline/reserver", "/hotline");

    /// <summary>Where other hours are.</summary>
    public string Otherwise(string? insee, string topic, Wish wish) => this == Public ? Addresses.Slots(insee, topic, wish) : Home;

    public string AddressOf(Appointment appointment, Links links) =>
        this == Public ? ManageLink.PathOf(appointment, links) : $"/hotline/rendez-vous/{appointment.Reference}";
}
