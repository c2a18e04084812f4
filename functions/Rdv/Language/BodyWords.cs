using System.Collections.Frozen;

namespace Rdv.Language;

/// <summary>
/// Words that say what kind of body it is and not which one, without accents: those that many of the 1,450 names of the national file share. A name
/// of nothing else could be the one of the next town; within a longer one they are common nouns.
/// </summary>
internal static class BodyWords
{
    public static readonly FrozenSet<string> All = new[]
    {
        "accueil", "action", "actions", "agence", "agglo", "agglomeration", "aide", "animation", "antenne", "arrondissement", "asso", "ass",
        "assoc", "association", "associations", "associatif", "bibliotheque", "bureau", "bus", "c", "ca", "caisse", "canton", "cantons", "cc", "ccas", "central", "centrale", "centre", "centres", "cias", "cite",
        "club", "collectivite", "com", "comite", "commun", "communal", "communale", "communaute", "commune", "communes", "conseil", "conseiller",
        "conseillers", "culture", "culturel", "culturelle", "culturels", "ctre", "cu", "dep", "departement", "departemental", "departementale", "dept", "developpement", "district", "ecole",
        "ecoles", "economique", "education", "emploi", "ensemble", "enseignement", "enfance", "entraide", "entreprises", "epn", "espace", "espaces", "etablissement", "familial", "familiale", "familiales", "famille",
        "familles", "educatif", "educative", "fed", "feder", "federation", "fondation", "formation", "foyer", "foyers", "france", "gestion", "gip", "groupe", "groupement", "habitants",
        "hotel", "information", "informatique", "initiative", "initiatives", "insertion", "inter", "intercom", "intercommunal", "intercommunale", "intercommunalite", "jeune",
        "jeunes", "jeunesse", "lieu", "local", "locale", "loisirs", "mairie", "maison", "maisons", "mediatheque", "mediation", "metropole", "mission",
        "mixte", "mjc", "mobile", "multi", "municipal", "municipale", "numerique", "numeriques", "office", "organisme", "pays", "pole", "point", "populaire",
        "population", "public", "publics", "publique", "quartier", "quartiers", "regie", "region", "regional", "regionale", "relais", "reseau", "rural", "rurale",
        "ruraux", "s", "salle", "scp", "service", "services", "si", "sivom", "siege", "sm", "social", "sociale", "sociales", "sociaux", "societe", "socio",
        "socioculturel", "socioculturels", "solidaire", "solidaires", "solidarite", "structure", "syndicat", "territoire", "territoires", "tiers",
        "travail", "travailleurs", "udaf", "union", "urbain", "urbaine", "vie", "ville", "villes",
    }.ToFrozenSet(StringComparer.Ordinal);
}
