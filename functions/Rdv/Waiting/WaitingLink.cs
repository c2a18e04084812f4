using Rdv.Appointments;
using Rdv.Ids;

namespace Rdv.Waiting;

/// <summary>The link of someone who waits: it shows what they were offered, with a button to take it and one to wait no more.</summary>
public static class WaitingLink
{
    public static string Of(WaitingPerson person, RdvSettings settings, Links links) => settings.SiteBaseUrl + PathOf(person.Id, links.KeyOf(person));

    public static string PathOf(WaitingId id, string key) => $"/p/{id.InLink}/{key}";

    /// <summary>The key of a request that may be closed by now, as it was derived.</summary>
    public static string KeyOf(this Links links, WaitingPerson person) => links.KeyOf(person.Id.Subject, person.LinkSecret);

    /// <summary>Whether this access opens the person's request.</summary>
    public static bool Opens(this Access access, WaitingPerson person, Links links) => access switch
    {
        Access.ByKey byKey => links.Opens(person.Id.Subject, person.LinkSecret, byKey.Key),
        _ => true,
    };

    /// <summary>Whether it opened a request that is closed by now: its row has gone, and the number of its secret with it.</summary>
    public static bool OpenedOnce(this Access access, WaitingId id, Links links) => access switch
    {
        Access.ByKey byKey => links.OpensUnderAny(id.Subject, byKey.Key),
        _ => true,
    };
}
