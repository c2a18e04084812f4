using Rdv.Messages;
using Rdv.Pages.Shared;
using Rdv.Territories;

namespace Rdv.Pages.Hotline;

/// <summary>One appointment of a caller, and what was sent of it.</summary>
/// <param name="Sent">In words; null when nothing was, or it is over.</param>
public sealed record CallerAppointment(AppointmentCard Card, string? Sent)
{
    public static CallerAppointment Of(AppointmentCard card, IEnumerable<MessageLog> messages, Territory territory) =>
        new(card, SentWords.Of(messages, territory));

    public bool IsToCome => Card.State == AppointmentState.ToCome;

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => Card.ToString();
}

/// <summary>A person that was found, and all that they have: to come first, then past.</summary>
public sealed record CallerView(string Name, string Phone, bool GetsSms, IReadOnlyList<CallerAppointment> Appointments)
{
    public IEnumerable<string> References => Appointments.Select(appointment => appointment.Card.Reference);

    /// <summary>By the number: what two people who share a telephone have is told together, and the operator hears who calls.</summary>
    public static IReadOnlyList<CallerView> Of(IEnumerable<CallerAppointment> found) =>
    [
        .. found
            .GroupBy(one => one.Card.Phone)
            .Select(person => person.ToList())
            .Select(person => new CallerView(
                string.Join(", ", person.Select(one => one.Card.Citizen).Distinct(StringComparer.CurrentCultureIgnoreCase)), person[0].Card.Phone, person[0].Card.GetsSms, person)),
    ];

    /// <summary>Null when the number has appointments under several names: then the operator asks.</summary>
    public string? OnlyName => Appointments.Select(one => one.Card.Citizen).Distinct().ToList() is [var only] ? only : null;

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => nameof(CallerView);
}
