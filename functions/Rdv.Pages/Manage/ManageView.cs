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

    /// <summary>One session of a course; the others stay.</summary>
    SessionCancelled,

    /// <summary>The last message leaves again; for the hotline, as the next two.</summary>
    Resent,
    ResentByCall,
    AlreadyResent,
}

/// <summary>An appointment that may be changed, by someone who has the key of its link or by the hotline.</summary>
/// <param name="Address">Of its page; the pages that cancel and move are under it.</param>
/// <param name="Calendar">The address of the calendar file; null for staff.</param>
public sealed record ManageView(AppointmentCard Card, string Address, string? Calendar, ManageNews News = ManageNews.None)
{
    /// <summary>Names the one session that is given up.</summary>
    public const string SessionField = "seance";

    public bool ForStaff => Calendar is null;

    public static ManageView ByKey(AppointmentCard card, string key) => new(
        card, $"/r/{card.Reference}/{key}", $"/api/appointments/{card.Reference}/calendar.ics?key={key}");

    public static ManageView ByStaff(AppointmentCard card) => new(card, "/hotline/rendez-vous/" + card.Reference, Calendar: null);
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
