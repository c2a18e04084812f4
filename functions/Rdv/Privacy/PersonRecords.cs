using Rdv.Appointments;
using Rdv.Calls;
using Rdv.Ids;
using Rdv.People;
using Rdv.Waiting;

namespace Rdv.Privacy;

/// <summary>All that is stored under one number, in whichever territories it was looked for.</summary>
/// <param name="Appointments">By time.</param>
/// <param name="Waiting">What they wait for.</param>
/// <param name="CallsToMake">Those that nobody has made, by when they are due.</param>
/// <param name="CallsMade">What came of the others, by time.</param>
public sealed record PersonRecords(
    PhoneNumber Phone,
    IReadOnlyList<Appointment> Appointments,
    IReadOnlyList<WaitingPerson> Waiting,
    IReadOnlyList<CallToMake> CallsToMake,
    IReadOnlyList<CallLog> CallsMade)
{
    // A record would print every property: a log line must not carry a person.
    public override string ToString() => $"Records of {Phone}";
}
