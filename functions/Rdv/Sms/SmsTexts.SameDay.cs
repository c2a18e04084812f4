using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Language;
using Rdv.Messages;

namespace Rdv.Sms;

public static partial class SmsTexts
{
    /// <summary>One reminder of all that a person has on one day. Each has a link of its own, in its confirmation: two would not fit, and one would mislead.</summary>
    /// <param name="appointments">Two at least, of one day and one number.</param>
    public static string SameDay(IReadOnlyList<Appointment> appointments, TerritoryDirectory directory, RdvSettings settings, Recipient recipient)
    {
        var byTime = appointments.OrderBy(appointment => appointment.Start).ToList();
        var first = byTime[0];
        var structure = Plain(directory.Structures.GetValueOrDefault(first.StructureId)?.Name);
        var date = first.LocalStart.Date;
        Saying[] day =
        [
            new(FrenchDates.SmsDate(date) + ": ", 0),
            new(FrenchDates.ShortSmsDate(date) + ": ", 1),
            new(FrenchDates.ShortestSmsDate(date) + ": ", 3),
        ];
        var phone = Gsm7.ToGsm7(settings.HotlinePhone);
        return Wording.Fit(Who(structure).Select(name =>
            (Saying[][])[[name], Several(byTime, recipient), day, .. AllHours(byTime, structure, name.Text, directory), Stop, Call(phone)])).TrimEnd();
    }

    private static Saying[] Several(List<Appointment> appointments, Recipient recipient)
    {
        var (full, brief) = appointments.TrueForAll(appointment => appointment.Seat is null) ? ("rendez-vous", "RDV") : ("rendez-vous et ateliers", "RDV");
        return recipient == Recipient.Helper
            ? [new($"rappel des {appointments.Count} {full} {HelpedPerson(appointments[0])} ", 0), new($"rappel des {appointments.Count} {brief} {HelpedPerson(appointments[0])} ", 2)]
            : [new($"nous vous rappelons vos {appointments.Count} {full} du ", 0), new($"rappel de vos {appointments.Count} {brief} ", 2)];
    }

    /// <summary>The hours, each place once after its hours where they follow one another.</summary>
    private static IEnumerable<Saying[]> AllHours(List<Appointment> appointments, string structure, string written, TerritoryDirectory directory)
    {
        for (var i = 0; i < appointments.Count; i++)
        {
            var lead = i == 0 ? "" : appointments[i - 1].PlaceId == appointments[i].PlaceId ? i == appointments.Count - 1 ? " et " : ", " : "; ";
            yield return [new(lead + FrenchDates.SmsTime(appointments[i].LocalStart.TimeOfDay), 0)];
            if (i == appointments.Count - 1 || appointments[i + 1].PlaceId != appointments[i].PlaceId)
            {
                yield return Where(structure, written, directory.Places.GetValueOrDefault(appointments[i].PlaceId));
            }
        }
    }
}
