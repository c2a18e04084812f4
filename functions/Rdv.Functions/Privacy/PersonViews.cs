using Rdv.Appointments;
using Rdv.Calls;
using Rdv.Functions.Booking;
using Rdv.Functions.Http;
using Rdv.Privacy;
using Rdv.Waiting;

namespace Rdv.Functions.Privacy;

/// <summary>What happened to an appointment.</summary>
public sealed record ChangeView(string Reference, string At, string Action, string By);

/// <summary>What somebody waits for, with all that they typed.</summary>
public sealed record WaitingView(
    string Id, string CreatedAt, CitizenView Citizen, string? Insee, string? Street, string Topic, int? Minutes, string? Note, string? Means, string? InPlaceOf, string? WorkshopId, IEnumerable<string> Offers);

/// <summary>A call that nobody has made.</summary>
public sealed record CallToMakeView(string Id, string About, string Reason, string DueAt, int Attempts);

/// <summary>What came of a call.</summary>
/// <param name="Outcome"><c>reached</c>, <c>no-answer</c> or <c>done</c>.</param>
public sealed record CallMadeView(string About, string At, string Reason, string Outcome, string? Note);

/// <summary>All that is stored under a number.</summary>
public sealed record PersonView(
    string Phone,
    IReadOnlyList<StaffAppointmentView> Appointments,
    IReadOnlyList<ChangeView> Changes,
    IEnumerable<WaitingView> Waiting,
    IEnumerable<CallToMakeView> CallsToMake,
    IEnumerable<CallMadeView> CallsMade);

/// <summary>Builds it: two queries for each appointment.</summary>
public sealed class PersonViews(StaffViews staff, IAppointmentStore appointments)
{
    public async Task<PersonView> OfAsync(PersonRecords records, CancellationToken cancellationToken)
    {
        var changes = new List<ChangeView>();
        foreach (var reference in records.Appointments.Select(appointment => appointment.Reference))
        {
            changes.AddRange((await appointments.ReadHistoryAsync(reference, cancellationToken)).Changes
                .Select(change => new ChangeView(reference.ToString(), Values.Format(change.At, reference.Territory), change.Action, ActorWords.Of(change.By))));
        }

        return new PersonView(
            records.Phone.Stored,
            await staff.OfAsync(records.Appointments, cancellationToken),
            changes,
            records.Waiting.Select(View),
            records.CallsToMake.Select(View),
            records.CallsMade.Select(View));
    }

    private static WaitingView View(WaitingPerson person)
    {
        var citizen = person.Citizen;
        return new WaitingView(
            person.Id.ToString(),
            Values.Format(person.CreatedAt, person.Territory),
            new CitizenView(citizen.Name, citizen.Phone.E164, citizen.Email, citizen.Business, citizen.Needs, citizen.ReminderTwoHours),
            person.Insee,
            person.Street,
            person.Topic,
            person.Minutes,
            person.Note,
            MeansWords.UnlessPlace(person.Means),
            person.InPlaceOf?.ToString(),
            person.Workshop?.Value,
            person.Offers.Select(offer => Values.Format(offer.Start, person.Territory)));
    }

    private static CallToMakeView View(CallToMake call) => new(
        new CallId(call.Subject.Territory, call.Id).ToString(), call.Subject.ToString(), call.Reason, Values.Format(call.DueAt, call.Subject.Territory), call.Attempts);

    private static CallMadeView View(CallLog call) => new(
        call.Subject.ToString(), Values.Format(call.At, call.Subject.Territory), call.Reason, WordOf(call.Outcome), call.Note);

    private static string WordOf(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Reached => "reached",
        CallOutcome.NoAnswer => "no-answer",
        CallOutcome.Done => "done",
        _ => throw new InvalidOperationException("An outcome without a word."),
    };
}
