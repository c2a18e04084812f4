namespace Rdv.Calendars;

/// <summary>Why a calendar cannot be read.</summary>
public enum CalendarFault
{
    /// <summary>It, or where it leads, is not served over https.</summary>
    NotHttps,

    /// <summary>Its name leads into a network that is not public, or to another port than that of https.</summary>
    PrivateAddress,

    /// <summary>Nobody answers, or too slowly, or with an error of the server's own.</summary>
    NoAnswer,

    /// <summary>There is nothing, or nothing any more.</summary>
    NotFound,

    /// <summary>Only who signs in may read it.</summary>
    NeedsLogin,

    /// <summary>It is a page to look at.</summary>
    WebPage,

    /// <summary>It is no iCalendar object, or one that breaks off.</summary>
    NotACalendar,

    /// <summary>More than anybody's agenda: in bytes, events, or repetitions.</summary>
    TooLarge,

    /// <summary>The secret under which its address was kept is gone.</summary>
    AddressLost,
}

public static class CalendarFaults
{
    /// <summary>The stable word of the API and of storage.</summary>
    public static string WordOf(CalendarFault fault) => fault switch
    {
        CalendarFault.NotHttps => "not-https",
        CalendarFault.PrivateAddress => "private-address",
        CalendarFault.NoAnswer => "no-answer",
        CalendarFault.NotFound => "not-found",
        CalendarFault.NeedsLogin => "needs-login",
        CalendarFault.WebPage => "web-page",
        CalendarFault.NotACalendar => "not-a-calendar",
        CalendarFault.TooLarge => "too-large",
        CalendarFault.AddressLost => "address-lost",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    /// <returns>Null for a word that is none of ours.</returns>
    public static CalendarFault? Parse(string? word) =>
        Enum.GetValues<CalendarFault>().Where(fault => WordOf(fault) == word).Select(fault => (CalendarFault?)fault).FirstOrDefault();

    /// <summary>What the advisor reads: what it is, and what to do.</summary>
    public static string SentenceOf(CalendarFault fault) => fault switch
    {
        CalendarFault.NotHttps => "Cette adresse n'est pas protégée. Elle doit commencer par https://.",
        CalendarFault.PrivateAddress => "Cette adresse mène dans un réseau privé. Publiez votre agenda sur Internet, puis copiez sa nouvelle adresse.",
        CalendarFault.NoAnswer => "Cet agenda ne répond pas. Vérifiez l'adresse, ou réessayez dans un moment.",
        CalendarFault.NotFound => "Il n'y a pas d'agenda à cette adresse. Il n'est peut-être plus publié.",
        CalendarFault.NeedsLogin => "Cet agenda demande un mot de passe. Copiez son adresse secrète, celle qui s'ouvre sans se connecter.",
        CalendarFault.WebPage => "C'est l'adresse d'une page, pas d'un agenda. Copiez l'adresse au format iCal : elle finit souvent par .ics.",
        CalendarFault.NotACalendar => "Ce qui est à cette adresse ne se lit pas comme un agenda. Copiez l'adresse au format iCal : elle finit souvent par .ics.",
        CalendarFault.TooLarge => "Cet agenda est trop grand. Publiez seulement les prochains mois, ou seulement vos disponibilités.",
        CalendarFault.AddressLost => "Nous n'avons plus l'adresse de cet agenda. Retirez-le, puis ajoutez-le de nouveau.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}

/// <summary>A calendar that cannot be read, thrown inside the reading of its text only.</summary>
internal sealed class UnreadableCalendarException(CalendarFault fault, Exception? inner = null) : Exception("A calendar cannot be read.", inner)
{
    public CalendarFault Fault => fault;
}
