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

    // Who has more to come hears of the next ones.
    private const int MaxTold = 10;

    public async Task<CallSheet?> SheetAsync(CallToMake call, CancellationToken cancellationToken)
    {
        if (call.Subject.Reference is not { } reference
            || await appointments.ReadAsync(reference, cancellationToken) is not { Value: var appointment })
        {
            return null;
        }

        if (call.OfPerson)
        {
            return await ToPersonAsync(call, appointment, cancellationToken);
        }

        if (!IsStillTrue(call, appointment))
        {
            return null;
        }

        var directory = await directories.GetAsync(call.Subject.Territory, cancellationToken);
        return new CallSheet(call, appointment.Citizen.Name, appointment.Citizen.Phone, CallSentences.Of(call, appointment, directory, settings));
    }

    /// <summary>From what the person has now, whatever it was that made the call necessary.</summary>
    private async Task<CallSheet?> ToPersonAsync(CallToMake call, Appointment known, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var coming = new List<Appointment>();
        foreach (var entry in (await appointments.FindByPhoneAsync(known.Territory, known.PhoneIndex, cancellationToken))
            .Where(entry => !entry.Cancelled && entry.Start > now && (call.Day is null || entry.Start.InZone(known.Territory.Zone).Date == call.Day))
            .OrderBy(entry => entry.Start)
            .Take(MaxTold))
        {
            if (await appointments.ReadAsync(entry.Reference, cancellationToken) is { Value: { Status: AppointmentStatus.Booked } appointment })
            {
                coming.Add(appointment);
            }
        }

        if (coming.Count == 0)
        {
            return null;
        }

        var next = coming[0];
        var directory = await directories.GetAsync(known.Territory, cancellationToken);
        var sentence = coming.Count == 1 ? CallSentences.Of(call, next, directory, settings) : CallSentences.OfMany(call, coming, directory, settings);
        return new CallSheet(call with { Subject = next.Reference }, next.Citizen.Name, next.Citizen.Phone, sentence);
    }

    // Each version of an appointment makes its own calls; and nobody is reminded of what has begun.
    private bool IsStillTrue(CallToMake call, Appointment appointment) =>
        call.Version == appointment.CitizenVersion
        && appointment.Start > clock.GetCurrentInstant()
        && (appointment.Status == AppointmentStatus.Cancelled) == (call.Kind == MessageKinds.Cancellation);
}
