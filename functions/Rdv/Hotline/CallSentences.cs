using Rdv.Appointments;
using Rdv.Calls;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Language;
using Rdv.Messages;
using Rdv.People;

namespace Rdv.Hotline;

/// <summary>What the operator reads aloud: whole sentences, hours and days in words.</summary>
public static class CallSentences
{
    public static string Of(CallToMake call, Appointment appointment, TerritoryDirectory directory, RdvSettings settings)
    {
        var opening = Opening(directory.Structures.GetValueOrDefault(appointment.StructureId));
        var when = FrenchDates.Spoken(appointment.LocalStart);
        var news = appointment.Seat is { Session: { } session } course ? OfSession(call.Kind, $"«\u00a0{course.Title}\u00a0»", session.Number, when, appointment, directory)
            : appointment.Seat is { } seat ? OfSeat(call.Kind, $"«\u00a0{seat.Title}\u00a0»", when, appointment, directory) : call.Kind switch
            {
                MessageKinds.Cancellation => $"Votre rendez-vous du {when} est annulé. Voulez-vous que nous en cherchions un autre ensemble ?",
                MessageKinds.Confirmation => $"Votre rendez-vous est confirmé : {when}, {Where(appointment, directory)}.",
                MessageKinds.Move => $"Votre rendez-vous a changé. Il est maintenant {when}, {Where(appointment, directory)}.",
                _ => $"Je vous rappelle votre rendez-vous : {when}, {Where(appointment, directory)}. Est-ce que cela vous convient toujours ?",
            };
        return $"{opening} {news} {Closing(settings)}";
    }

    /// <summary>Of a call to a person about all that they have.</summary>
    /// <param name="appointments">One at least; those to come first, then what was cancelled.</param>
    public static string OfMany(CallToMake call, IReadOnlyList<Appointment> appointments, TerritoryDirectory directory, RdvSettings settings)
    {
        if (appointments is [var only])
        {
            return Of(call with { Kind = KindOf(call, only) }, only, directory, settings);
        }

        var opening = Opening(directory.Structures.GetValueOrDefault(appointments[0].StructureId));
        var coming = appointments.Where(appointment => appointment.Status == AppointmentStatus.Booked).ToList();
        var what = coming.TrueForAll(appointment => appointment.Seat is null) ? "rendez-vous" : "rendez-vous et ateliers";
        var lead = call.Kind == MessageKinds.Reminder ? "Je vous rappelle vos" : "Vous avez";
        var hours = coming.Select(appointment => $"{FrenchDates.Spoken(appointment.LocalStart)}, {Where(appointment, directory)}");
        string[] all =
        [
            .. coming.Count > 0 ? [$"{lead} {coming.Count} {what} : {string.Join(" ; puis ", hours)}."] : (string[])[],
            .. appointments.Except(coming).Select(appointment => $"Votre rendez-vous du {FrenchDates.Spoken(appointment.LocalStart)} est annulé."),
        ];
        return $"{opening} {string.Join(' ', all)} Est-ce que cela vous convient toujours ? {Closing(settings)}";
    }

    private static string KindOf(CallToMake call, Appointment appointment) => appointment.Status == AppointmentStatus.Cancelled ? MessageKinds.Cancellation
        : call.Kind == MessageKinds.Cancellation ? MessageKinds.Confirmation
        : call.Kind;

    private static string OfSeat(string kind, string title, string when, Appointment appointment, TerritoryDirectory directory) => kind switch
    {
        // Only the advisor cancels a workshop; anyone else gives up a seat.
        MessageKinds.Cancellation when appointment.CancelledBy == Actor.Advisor =>
            $"Votre atelier {title} du {when} est annulé. Voulez-vous que nous en cherchions un autre ensemble ?",
        MessageKinds.Cancellation => $"Votre inscription à l'atelier {title} du {when} est annulée. Voulez-vous que nous en cherchions un autre ensemble ?",
        MessageKinds.Confirmation => $"Votre place à l'atelier {title} est réservée : {when}, {Where(appointment.PlaceId, directory)}.",
        MessageKinds.Move => $"Votre atelier {title} a changé. Il est maintenant {when}, {Where(appointment.PlaceId, directory)}.",
        _ => $"Je vous rappelle votre atelier {title} : {when}, {Where(appointment.PlaceId, directory)}. Est-ce que cela vous convient toujours ?",
    };

    private static string OfSession(string kind, string title, int number, string when, Appointment appointment, TerritoryDirectory directory) => kind switch
    {
        MessageKinds.Cancellation when appointment is { IsWholeCancelled: true, CancelledBy: Actor.Advisor } =>
            $"Votre cours {title} est annulé. La prochaine séance était {when}. Voulez-vous que nous en cherchions un autre ensemble ?",
        MessageKinds.Cancellation when appointment.IsWholeCancelled => $"Votre inscription au cours {title} est annulée. La prochaine séance était {when}.",
        MessageKinds.Cancellation when appointment.CancelledBy == Actor.Advisor =>
            $"La séance {number} de votre cours {title}, {when}, est annulée.",
        MessageKinds.Cancellation => $"Votre inscription à la séance {number} du cours {title}, {when}, est annulée.",
        MessageKinds.Confirmation when appointment is { TellsOfBooking: true, Enrolment.Count: > 1 and var count } =>
            $"Vous êtes inscrit au cours {title}, en {count} séances. La première : {when}, {Where(appointment.PlaceId, directory)}.",
        MessageKinds.Confirmation => $"Votre place à la séance {number} du cours {title} est réservée : {when}, {Where(appointment.PlaceId, directory)}.",
        MessageKinds.Move => $"La séance {number} de votre cours {title} a changé. Elle est maintenant {when}, {Where(appointment.PlaceId, directory)}.",
        _ => $"Je vous rappelle la séance {number} de votre cours {title} : {when}, {Where(appointment.PlaceId, directory)}. Est-ce que cela vous convient toujours ?",
    };

    internal static string Opening(Structure? structure) =>
        structure is null ? "Bonjour, c'est le service des conseillers numériques." : $"Bonjour, je vous appelle de la part de : {structure.ShownName}.";

    internal static string Closing(RdvSettings settings) => $"En cas de besoin, vous pouvez nous appeler au {settings.HotlinePhone}.";

    internal static string ByPhone(PhoneNumber number) => $"par téléphone : votre conseiller vous appelle au {number.ToNational()}";

    /// <summary>Without the address: the sentence is kept nowhere, and who lives there knows it.</summary>
    internal const string AtHome = "chez vous : votre conseiller vient à votre domicile";

    /// <param name="link">Null when the advisor has none, or when it is not told yet.</param>
    internal static string ByVideo(string? link) => link is null ? "en vidéo" : $"en vidéo, à l'adresse {link}";

    private static string Where(Appointment appointment, TerritoryDirectory directory) => appointment.Means switch
    {
        Means.Phone => ByPhone(appointment.Citizen.Phone),
        Means.Video => ByVideo(VideoRoom.LinkOf(appointment, directory)),
        Means.Home => AtHome,
        _ => Where(appointment.PlaceId, directory),
    };

    internal static string Where(PlaceId id, TerritoryDirectory directory) => directory.Places.GetValueOrDefault(id)?.Line ?? "";
}
