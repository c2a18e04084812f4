namespace Rdv.Pages.Shared;

/// <summary>A page that says one thing and where to go on.</summary>
public sealed record MessageView(string Title, IReadOnlyList<string> Sentences, string LinkText, string LinkAddress, bool Private = false)
{
    private const string Home = "Prendre un rendez-vous";

    public static MessageView NotFound { get; } = new(
        "Nous ne trouvons pas ce rendez-vous",
        ["Le lien est peut-être incomplet. Ouvrez-le de nouveau depuis votre SMS, en entier.", "Vous pouvez aussi recevoir un nouveau lien, ou nous appeler."],
        "Recevoir un nouveau lien",
        LostLinkView.Address,
        Private: true);

    /// <summary>The same, whatever is known of the number.</summary>
    public static MessageView LinkAsked { get; } = new(
        "Regardez vos SMS",
        [
            "Si un rendez-vous est pris avec ce numéro, un SMS avec son lien arrive dans les minutes qui viennent.",
            "Rien n'arrive\u00a0? Appelez-nous\u00a0: nous le retrouvons avec vous.",
        ],
        "Revenir à l'accueil",
        "/",
        Private: true);

    public static MessageView NoSuchWorkshop { get; } = new(
        "Nous ne trouvons pas cet atelier",
        ["Il n'existe plus, ou il n'est pas dans cet agenda."],
        "Revenir à l'agenda",
        "/advisor",
        Private: true);

    public static MessageView WaitingClosed { get; } = new(
        "Vous n'êtes plus sur la liste d'attente",
        ["Nous ne vous appelons pas, et vous ne recevez plus de message.", "Si vous avez pris un rendez-vous, ouvrez le lien du SMS qui le confirme."],
        Home,
        "/",
        Private: true);

    public static MessageView HotlineNotWaiting { get; } = new(
        "Cette personne n'attend plus",
        ["Elle a pris un rendez-vous, ou elle n'est plus sur la liste d'attente."],
        "Revenir à l'accueil téléphonique",
        "/hotline",
        Private: true);

    public static MessageView WaitingTooOften { get; } = new(
        "Vous avez déjà demandé à être rappelé",
        ["Votre numéro est déjà plusieurs fois sur la liste d'attente. Nous vous appelons bientôt.", "Vous pouvez aussi nous appeler."],
        "Revenir à l'accueil",
        "/",
        Private: true);

    public static MessageView NoSuchPage { get; } = new(
        "Cette page n'existe pas",
        ["L'adresse est peut-être incomplète. Si elle vient d'un SMS, ouvrez-la de nouveau en entier.", "Vous pouvez aussi nous appeler."],
        Home,
        "/");

    public static MessageView TooFast { get; } = new(
        "Attendez quelques secondes",
        ["Beaucoup de demandes arrivent de votre connexion. Votre dernière demande n'a pas été prise en compte.", "Attendez dix secondes, puis rechargez cette page."],
        "Revenir à l'accueil",
        "/");

    public static MessageView Busy { get; } = new(
        "Le service est très demandé",
        ["Rien n'a été fait. Attendez une minute, puis recommencez.", "Vous pouvez aussi nous appeler."],
        "Revenir à l'accueil",
        "/");

    public static MessageView Changed { get; } = new(
        "Cela vient de changer",
        ["Rien n'a été fait. Revenez à la page d'avant et rechargez-la.", "Vous pouvez aussi nous appeler."],
        "Revenir à l'accueil",
        "/",
        Private: true);

    public static MessageView Unsure { get; } = new(
        "Nous ne savons pas si c'est fait",
        ["La réponse s'est perdue en route. Rechargez cette page\u00a0: rien ne sera fait deux fois.", "Si cela continue, appelez-nous\u00a0: nous regardons avec vous."],
        "Revenir à l'accueil",
        "/");

    public static MessageView Failed { get; } = new(
        "Une erreur est survenue",
        ["Elle vient de nous. Nous ne savons pas si votre demande a été enregistrée.", "Appelez-nous\u00a0: nous regardons cela avec vous."],
        "Revenir à l'accueil",
        "/");

    public static MessageView TooMany { get; } = new(
        "Vous avez déjà plusieurs rendez-vous",
        ["Avec ce numéro de téléphone, on ne peut pas en prendre davantage ici.", "Appelez-nous\u00a0: nous regardons cela avec vous."],
        "Revenir à l'accueil",
        "/");

    /// <param name="message">What there has been enough of, and what to do.</param>
    public static MessageView NoMore(string message) => new("Ce n'est plus possible", [message, "Rien n'a changé."], "Revenir à l'accueil", "/", Private: true);

    public static MessageView TooManyTries { get; } = new(
        "Attendez une minute",
        ["Il y a eu trop d'essais avec un mauvais lien.", "Attendez une minute, puis ouvrez de nouveau le lien reçu par SMS."],
        "Revenir à l'accueil",
        "/",
        Private: true);

    public static MessageView Forbidden { get; } = new(
        "Cette page n'est pas pour vous",
        ["Votre compte n'y donne pas accès.", "Si vous pensez que c'est une erreur, parlez-en à la personne qui gère les comptes."],
        "Revenir à l'accueil",
        "/");

    public static MessageView StartAgain { get; } = new(
        "Reprenons du début",
        ["Cette page est trop ancienne, ou il lui manque une partie. Rien n'a été réservé.", "Choisissez de nouveau votre rendez-vous."],
        Home,
        "/");

    public static MessageView Refused { get; } = new(
        "Nous n'avons pas pu lire vos réponses",
        ["Rien n'a été fait.", "Revenez à l'accueil et recommencez."],
        "Revenir à l'accueil",
        "/");
}
