using NodaTime;
using Rdv.Appointments;
using Rdv.Calls;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Messages;

namespace Rdv.Hotline;

/// <summary>Calls about an appointment.</summary>
public sealed class AppointmentCalls(IAppointmentStore appointments, ITerritoryDirectories directories, RdvSettings settings, IClock clock) : ICallSubjects
{
    public SubjectKind About => SubjectKind.Appointment;

    public async Task<CallSheet?> SheetAsync(CallToMake call, CancellationToken cancellationToken)
    {
        if (call.Subject.Reference is not { } reference
            || await appointments.ReadAsync(reference, cancellationToken) is not { Value: var appointment }
            || !IsStillTrue(call, appointment))
        {
            return null;
        }

        var directory = await directories.GetAsync(call.Subject.Territory, cancellationToken);
        return new CallSheet(call, appointment.Citizen.Name, appointment.Citizen.Phone, CallSentences.Of(call, appointment, directory, settings));
    }

    // Each version of an appointment makes its own calls; and nobody is reminded of what has begun.
    private bool IsStillTrue(CallToMake call, Appointment appointment) =>
        call.Version == appointment.CitizenVersion
        && appointment.Start > clock.GetCurrentInstant()
        && (appointment.Status == AppointmentStatus.Cancelled) == (call.Kind == MessageKinds.Cancellation);
}
