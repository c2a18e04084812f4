namespace Rdv.Directory;

/// <summary>
/// The topics of the programme, in the words of its announcement (ANCT, November 2020): 60 minutes for an individual appointment.
/// </summary>
public static class Topics
{
    public const int IndividualMinutes = 60;

    private const string FirstSteps = "Les premiers pas";
    private const string IfYouWish = "Si vous le souhaitez";
    private const string Further = "Aller plus loin";
    private const string SmallBusinesses = "Pour les petites entreprises";

    public static IReadOnlyList<Topic> All { get; } =
    [
        // Someone who has never touched a computer cannot choose among words of computing: this one comes first.
        Citizen("premiers-pas", "Faire mes premiers pas", FirstSteps),
        Citizen("equipement", "Prendre en main un équipement informatique", FirstSteps),
        Citizen("internet", "Naviguer sur Internet", FirstSteps),
        Citizen("courriels", "Gérer les courriels", FirstSteps),
        Citizen("traitement-de-texte", "Les bases du traitement de texte", FirstSteps),
        Citizen("smartphone", "Installer et utiliser des applications utiles sur smartphone", FirstSteps),
        Citizen("vocabulaire", "L'environnement et le vocabulaire numérique", FirstSteps),
        Citizen("contenus", "Créer et gérer des contenus numériques", FirstSteps),
        Citizen("proches", "Échanger avec ses proches", IfYouWish),
        Citizen("emploi", "Chercher un emploi", IfYouWish),
        Citizen("scolarite", "Suivre la scolarité de son enfant", IfYouWish),
        Citizen("annonce", "Publier une petite annonce", Further),
        Citizen("demarches", "Les démarches administratives en ligne", Further),
        Citizen("soin-logement", "L'accès aux offres de soin ou de logement", Further),
        Citizen("paiement", "Payer en ligne", Further),
        Citizen("donnees", "Gérer et protéger ses données personnelles", Further),
        Business("entreprise-demarches", "Les démarches de l'entreprise"),
        Business("entreprise-promotion", "La promotion en ligne"),
        Business("entreprise-comprendre", "Comprendre le numérique"),
    ];

    private static readonly Dictionary<string, Topic> ById = All.ToDictionary(topic => topic.Id);

    public static Topic? Find(string? id) => id is not null && ById.TryGetValue(id, out var topic) ? topic : null;

    private static Topic Citizen(string id, string label, string group) => new(id, label, group, Audience.Citizen, IndividualMinutes);

    private static Topic Business(string id, string label) => new(id, label, SmallBusinesses, Audience.Business, IndividualMinutes);
}
