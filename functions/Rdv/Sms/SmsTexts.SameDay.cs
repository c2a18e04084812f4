using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Language;
using Rdv.Messages;

namespace Rdv.Sms;

public static partial class SmsTexts
{
    /// <summary>One reminder of all that a person has on one day. Each has a link of its own, in its confirmation: two would not fit, and one would mislead.</summary>
    /// <param name="appointments">Two at least, of one day and one number.</param>
    /// <param name="video">Of one of them that is by video, what is opened at the hour.</param>
    public static string SameDay(
        IReadOnlyList<Appointment> appointments, TerritoryDirectory directory, RdvSettings settings, Recipient recipient, Func<Appointment, VideoRoom>? video = null)
    {
        var byTime = appointments.OrderBy(appointment => appointment.Start).ToList();
        var date = byTime[0].LocalStart.Date;
        Saying[] day =
        [
            new(FrenchDates.SmsDate(date) + ": ", 0),
            new(FrenchDates.ShortSmsDate(date) + ": ", 1),
            new(FrenchDates.ShortestSmsDate(date) + ": ", 3),
        ];
        return Wording.Fit([Several(byTime, recipient), day, .. AllHours(byTime, directory, recipient, video), Stop, Call(Gsm7.ToGsm7(settings.HotlinePhone))]).TrimEnd();
    }

    private static Saying[] Several(List<Appointment> appointments, Recipient recipient)
    {
        var (full, brief) = appointments.TrueForAll(appointment => appointment.Seat is null) ? ("rendez-vous", "RDV") : ("rendez-vous et ateliers", "RDV");
        return recipient == Recipient.Helper
            ? [new($"Rappel: les {appointments.Count} {full} {HelpedPerson(appointments[0])} du ", 0), new($"Rappel: {appointments.Count} {brief} {HelpedPerson(appointments[0])} ", 2)]
            : [new($"Rappel: vos {appointments.Count} {full} du ", 0), new($"Rappel: vos {appointments.Count} {brief} du ", 2)];
    }

    /// <summary>The hours, each place once after its hours where they follow one another.</summary>
    private static IEnumerable<Saying[]> AllHours(List<Appointment> appointments, TerritoryDirectory directory, Recipient recipient, Func<Appointment, VideoRoom>? video)
    {
        for (var i = 0; i < appointments.Count; i++)
        {
            var lead = i == 0 ? "" : IsSameWhere(appointments[i - 1], appointments[i]) ? i == appointments.Count - 1 ? " et " : ", " : "; ";
            yield return [new(lead + FrenchDates.SmsTime(appointments[i].LocalStart.TimeOfDay), 0)];
            if (i < appointments.Count - 1 && IsSameWhere(appointments[i], appointments[i + 1]))
            {
                continue;
            }

            if (appointments[i].Means == Means.Phone)
            {
                yield return [new(", par téléphone", 0)];
            }
            else if (appointments[i].Means == Means.Home)
            {
                yield return AtHome(recipient)[1..];
            }
            else if (appointments[i].Means == Means.Video)
            {
                yield return video?.Invoke(appointments[i]).Told is { } link
                    ? [new($", en vidéo: {Address(link)} ", 0), new(", en vidéo (lien sur sa page)", Wording.SecondSegment + 15)]
                    : [new(", en vidéo", 0)];
            }
            else
            {
                yield return new Whereabouts(
                    directory.Places.GetValueOrDefault(appointments[i].PlaceId), directory.Structures.GetValueOrDefault(appointments[i].StructureId)).Place();
            }
        }

        static bool IsSameWhere(Appointment one, Appointment other) =>
            one.Means == other.Means && one.Means switch
            {
                Means.Phone or Means.Home => true,
                Means.Video => one.AdvisorId == other.AdvisorId,
                _ => one.PlaceId == other.PlaceId,
            };
    }
}
