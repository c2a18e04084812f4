namespace Rdv.Pages.Shared;

/// <summary>Who fills in a form about a person: the questions are put to them.</summary>
public sealed record Voice
{
    /// <summary>The person themself.</summary>
    public static readonly Voice Self = new();

    /// <summary>A relative or a social worker, for somebody who is not at the screen.</summary>
    public static readonly Voice Relative = new()
    {
        Name = "Le prénom et le nom de cette personne",
        Phone = "Son numéro de téléphone",
        Address = "Son adresse",
        Reminder = "Envoyez-lui aussi un SMS deux heures avant",
        Needs = "De quoi a-t-elle besoin pour venir ?",
        Email = "Son adresse e-mail",
        Helper = "Vous, qui l'aidez",
        HelperHint = "Vous recevez les mêmes SMS, si cette personne le veut bien.",
        HelperName = "Votre prénom et votre nom",
        HelperPhone = "Votre numéro de mobile",
        Consent = "Cette personne est d'accord : je reçois ses messages",
        NoConsent = "Vous recevrez les messages de cette personne : cochez la case si elle est d'accord.",
        IsOwnBrowser = false,
    };

    /// <summary>An operator, for somebody on the telephone.</summary>
    public static readonly Voice Operator = new()
    {
        Name = "Prénom et nom de l'appelant",
        Phone = "Son numéro de téléphone",
        PhoneHint = "Mobile : un SMS. Fixe : un appel de rappel.",
        Address = "Son adresse",
        AddressHint = "Le numéro et la rue. Le conseiller la lit, aucun SMS ne la donne.",
        Reminder = "Un autre SMS de rappel, deux heures avant",
        Note = "Message pour le conseiller",
        Email = "Adresse e-mail",
        Helper = "Quelqu'un aide cette personne\u00a0?",
        Consent = "L'appelant est d'accord : cette personne reçoit ses messages",
        IsOwnBrowser = false,
    };

    private Voice()
    {
    }

    public string Name { get; private init; } = "Votre prénom et votre nom";

    public string Phone { get; private init; } = "Votre numéro de téléphone";

    public string PhoneHint { get; private init; } = "Mobile ou fixe. Exemple : 06 39 98 12 34.";

    public string Address { get; private init; } = "Votre adresse";

    public string AddressHint { get; private init; } = "Le numéro et la rue. Seuls le conseiller et la hotline la lisent.";

    public string Reminder { get; private init; } = "Envoyez-moi aussi un SMS deux heures avant";

    public string Needs { get; private init; } = "De quoi avez-vous besoin pour venir ?";

    public string Note { get; private init; } = "Un message pour le conseiller ?";

    public string Email { get; private init; } = "Votre adresse e-mail";

    public string Helper { get; private init; } = "Quelqu'un vous aide\u00a0?";

    public string HelperHint { get; private init; } = "Un proche ou un travailleur social peut recevoir les mêmes SMS.";

    public string HelperName { get; private init; } = "Son prénom et son nom";

    public string HelperPhone { get; private init; } = "Son numéro de mobile";

    public string Consent { get; private init; } = "Je suis d'accord : cette personne reçoit mes messages";

    /// <summary>What is wrong when the box is not ticked; null for what the form says anyway.</summary>
    public string? NoConsent { get; private init; }

    /// <summary>What the browser knows of its owner is of the person too.</summary>
    public bool IsOwnBrowser { get; private init; } = true;

    /// <summary>The purpose of a field as the HTML standard names it, where the browser may fill it in.</summary>
    public string Autocomplete(string purpose) => IsOwnBrowser ? purpose : "off";

    /// <summary>What is wrong, said to who fills it in.</summary>
    public FormErrors Say(FormErrors errors) => NoConsent is { } message && errors.At(PersonForm.HelperConsentField).Count > 0
        ? new FormErrors(errors.ByField.ToDictionary(field => field.Key, field => field.Key == PersonForm.HelperConsentField ? [message] : field.Value))
        : errors;
}
