using NodaTime;
using Rdv.Language;
using Rdv.Pages.Booking;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Hotline;

/// <summary>What the operator reads to the caller, as it is said.</summary>
public static class ReadAloud
{
    /// <summary>What is proposed, before anything is booked.</summary>
    public static IReadOnlyList<string> Proposal(DetailsView view) =>
    [
        view.IsSeat ? $"Je vous propose une place à l'atelier {Words.Quoted(view.Summary.Workshop!)}, {FrenchDates.Spoken(view.Start)}. Il dure {view.Summary.Duration}."
            : view.Summary.Means switch
            {
                Means.Phone => $"Je vous propose un rendez-vous par téléphone, {FrenchDates.Spoken(view.Start)}. Un conseiller vous appelle à cette heure.",
                Means.Home => $"Je vous propose que le conseiller vienne chez vous, {FrenchDates.Spoken(view.Start)}.",
                Means.Video => $"Je vous propose un rendez-vous en vidéo, {FrenchDates.Spoken(view.Start)}. Vous recevez le lien la veille.",
                _ => $"Je vous propose {FrenchDates.Spoken(view.Start)}.",
            },
        .. view.Summary.Means == Means.Place ? [$"Le lieu\u00a0: {view.Summary.Place}, {view.Summary.Address}."] : Array.Empty<string>(),
        .. view.Signs ? [$"L'heure est plus longue, pour la langue des signes\u00a0: {view.Summary.Duration}."] : Array.Empty<string>(),
        "Cela vous convient\u00a0?",
    ];

    /// <param name="told">Whether a message has just become due, by what was done on the page before.</param>
    public static IReadOnlyList<string> Of(AppointmentCard card, bool told) => card.State switch
    {
        _ when card.IsEnrolment && card.MayCancel => OfCourse(card, told),
        AppointmentState.Cancelled when card is { IsSeat: true, Slot.Session: { } number } =>
            [$"La séance {number} du cours {Words.Quoted(card.Slot.Workshop!)}, {FrenchDates.Spoken(card.Start)}, est annulée."],
        AppointmentState.Cancelled when card.IsSeat => [card.CancelledByAdvisor
            ? $"L'atelier {Words.Quoted(card.Slot.Workshop!)} du {FrenchDates.Spoken(card.Start)} est annulé."
            : $"Votre inscription à l'atelier {Words.Quoted(card.Slot.Workshop!)} du {FrenchDates.Spoken(card.Start)} est annulée."],
        AppointmentState.Past when card.IsSeat => [$"Votre atelier {Words.Quoted(card.Slot.Workshop!)} était {FrenchDates.Spoken(card.Start)}."],
        AppointmentState.Cancelled => [$"Votre rendez-vous du {FrenchDates.Spoken(card.Start)} est annulé."],
        AppointmentState.Past => [$"Votre rendez-vous était {FrenchDates.Spoken(card.Start)}."],
        _ =>
        [
            card.Slot.Session is { } number
                ? $"Je récapitule. Vous avez une place à la séance {number} du cours {Words.Quoted(card.Slot.Workshop!)}, {FrenchDates.Spoken(card.Start)}. Elle dure {card.Slot.Duration}."
                : card.IsSeat
                ? $"Je récapitule. Vous avez une place à l'atelier {Words.Quoted(card.Slot.Workshop!)}, {FrenchDates.Spoken(card.Start)}. Il dure {card.Slot.Duration}."
                : $"Je récapitule. Vous avez rendez-vous {FrenchDates.Spoken(card.Start)}.",
            card.Slot.Means switch
            {
                Means.Phone => $"C'est par téléphone\u00a0: votre conseiller vous appelle à cette heure, au {card.Phone}.",
                Means.Video when card.VideoLink is { } link => $"C'est en vidéo\u00a0: à cette heure, ouvrez l'adresse {link}.",
                Means.Video => $"C'est en vidéo\u00a0: {(card.GetsSms ? "vous recevez le lien par SMS la veille" : "nous vous donnons l'adresse quand nous vous appelons")}.",
                Means.Home => $"C'est à domicile\u00a0: le conseiller vient à cette heure, {card.Home}.",
                _ => $"Le lieu\u00a0: {card.Slot.Place}, {card.Slot.Address}.",
            },
            .. card.Access is { Length: > 0 } access ? [$"Pour entrer\u00a0: {access.TrimEnd('.')}."] : Array.Empty<string>(),
            $"Votre référence\u00a0: {card.SpelledReference}.",
            .. Message(card, told) is { } message ? [message] : Array.Empty<string>(),
        ],
    };

    private static IReadOnlyList<string> OfCourse(AppointmentCard card, bool told)
    {
        var toCome = card.ToCome.ToList();
        return
        [
            $"Je récapitule. Vous êtes inscrit au cours {Words.Quoted(card.Slot.Workshop!)}, "
                + (toCome.Count == 1 ? $"une séance\u00a0: {FrenchDates.Spoken(toCome[0].Start)}." : $"en {toCome.Count}\u00a0séances\u00a0: {string.Join(" ; ", toCome.Select(session => FrenchDates.Spoken(session.Start)))}."),
            $"{(toCome.Count == 1 ? "Elle" : "Chacune")} dure {card.Slot.Duration}. Le lieu\u00a0: {card.Slot.Place}, {card.Slot.Address}.",
            .. card.Access is { Length: > 0 } access ? [$"Pour entrer\u00a0: {access.TrimEnd('.')}."] : Array.Empty<string>(),
            $"Votre référence\u00a0: {card.SpelledReference}.",
            card.GetsSms
                ? $"{(told ? "Vous recevez un SMS maintenant, et un autre" : "Vous recevez un SMS")} avant chaque séance."
                : "Votre numéro ne reçoit pas de SMS\u00a0: nous vous appelons avant chaque séance.",
        ];
    }

    private static string? Message(AppointmentCard card, bool told) => (card.GetsSms, told, card.ReminderOn) switch
    {
        (true, true, { } day) => $"Vous recevez un SMS maintenant, et un autre {day}.",
        (true, true, null) => "Vous recevez un SMS maintenant.",
        (true, false, { } day) => $"Vous recevez un SMS de rappel {day}.",
        (true, false, null) => null,
        (false, _, { } day) => $"Votre numéro ne reçoit pas de SMS\u00a0: nous vous appelons {day}.",
        (false, _, null) => "Votre numéro ne reçoit pas de SMS\u00a0: notez bien le jour et l'heure.",
    };
}
