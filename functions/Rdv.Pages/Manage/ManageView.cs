using NodaTime;
using NodaTime.Text;
using Rdv.Pages.Booking;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Manage;

/// <summary>What has just happened, said above the appointment.</summary>
public enum ManageNews
{
    None,
    Booked,
    AlreadyBooked,
    Cancelled,
    AlreadyCancelled,
    Moved,
    TooLate,
}

/// <summary>An appointment for someone who has the key of its link.</summary>
public sealed record ManageView(AppointmentCard Card, string Key, ManageNews News = ManageNews.None)
{
    public string Address => $"/r/{Card.Reference}/{Key}";

    public string Calendar => $"/api/appointments/{Card.Reference}/calendar.ics?key={Key}";
}

/// <summary>The choice of another time for an appointment.</summary>
/// <param name="Places">How many places are shown.</param>
/// <param name="Notice">Said above the slots, when something went wrong before.</param>
public sealed record MoveView(
    ManageView Appointment, SlotList List, WeekView Week, NextSlot? Next, LocalDate From, int Places, string? Notice = null)
{
    public string MoreAddress => Address(From, SlotsView.AllPlaces);

    public string AddressFrom(LocalDate from) => Address(from, Places);

    private string Address(LocalDate from, int places) =>
        $"{Appointment.Address}/deplacer?du={LocalDatePattern.Iso.Format(from)}" + (places == SlotsView.FewPlaces ? "" : $"&lieux={places}");
}
