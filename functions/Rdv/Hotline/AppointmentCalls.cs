using NodaTime;
using Rdv.Appointments;
using Rdv.Calls;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;

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
            || await appointments.ReadAsync(reference, cancellationToken) is not { Value: { ForgottenAt: null } appointment })
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

    /// <summary>From what is true of the person's appointments now, whichever made the call necessary.</summary>
    private async Task<CallSheet?> ToPersonAsync(CallToMake call, Appointment known, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var told = new List<Appointment>();
        foreach (var entry in (await appointments.FindByPhoneAsync(known.Territory, known.PhoneIndex, cancellationToken))
            .Where(entry => entry.Start > now && (call.Day is null || entry.Start.InZone(known.Territory.Zone).Date == call.Day))
            .OrderBy(entry => entry.Cancelled)
            .ThenBy(entry => entry.Start))
        {
            if (told.Count < MaxTold
                && await appointments.ReadAsync(entry.Reference, cancellationToken) is { Value: var appointment }
                && IsWorthTelling(call, appointment))
            {
                told.Add(appointment);
            }
        }

        if (told.Count == 0)
        {
            return null;
        }

        var directory = await directories.GetAsync(known.Territory, cancellationToken);
        var about = call with { Subject = told[0].Reference };
        return new CallSheet(about, told[0].Citizen.Name, told[0].Citizen.Phone, CallSentences.OfMany(about, told, directory, settings));
    }

    // What was cancelled on the telephone, or by the person, is known to them, unless it is what the call is about.
    private static bool IsWorthTelling(CallToMake call, Appointment appointment) => appointment.Status switch
    {
        AppointmentStatus.Booked => true,
        AppointmentStatus.Cancelled => call.Day is null && (appointment.CancelledBy == Actor.Advisor || call.Subject == appointment.Reference),
        _ => false,
    };

    // Each version of an appointment makes its own calls; and nobody is reminded of what has begun.
    private bool IsStillTrue(CallToMake call, Appointment appointment) =>
        call.Version == appointment.CitizenVersion
        && appointment.Start > clock.GetCurrentInstant()
        && (appointment.Status == AppointmentStatus.Cancelled) == (call.Kind == MessageKinds.Cancellation);
}
