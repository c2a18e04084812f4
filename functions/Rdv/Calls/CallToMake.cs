using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Calls;

/// <summary>Why the hotline calls someone back.</summary>
public static class CallReasons
{
    /// <summary>The number gets no SMS: the reminder is a call.</summary>
    public const string Landline = "landline";

    /// <summary>An SMS could not be delivered.</summary>
    public const string Undelivered = "undelivered";

    /// <summary>Nobody knows whether an SMS left.</summary>
    public const string Unknown = "unknown";

    /// <summary>An appointment was cancelled shortly before its start.</summary>
    public const string Urgent = "urgent";

    /// <summary>Nothing was free, and someone asked to be called.</summary>
    public const string Request = "request";

    /// <summary>A slot is offered to someone whose number gets no SMS.</summary>
    public const string Freed = "freed";
}

/// <summary>One call for the hotline to make. Name and number are read from its subject when the call is made.</summary>
/// <param name="Id">Unique in the territory; begins with the due time, so that calls are stored in their order.</param>
/// <param name="DueAt">In the hours of the hotline.</param>
/// <param name="Version">The version of the subject that made the call necessary.</param>
/// <param name="Attempts">Calls that nobody answered.</param>
/// <param name="Kind">The kind of the message that the call stands in for.</param>
/// <param name="OfPerson">Whether it is about all that the person has to come, and not about the subject alone, which only names the person.</param>
/// <param name="Day">Of such a call: the one day that it is about; null for all days.</param>
public sealed record CallToMake(
    string Id, Subject Subject, string Reason, string Kind, Instant DueAt, int Version, int Attempts = 0, bool OfPerson = false, LocalDate? Day = null) : IRow
{
    // Enough to tell the people of a territory apart, and short in a key.
    private const int PersonLength = 20;

    private static readonly InstantPattern IdInstant = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    /// <summary>What the ids of calls due in that second begin with.</summary>
    public static string IdPrefix(Instant dueAt) => IdInstant.Format(dueAt);

    public static CallToMake Of(Subject subject, string reason, string kind, Instant dueAt, int version, int attempts = 0)
    {
        var at = Reachable(subject, reason, dueAt);
        return new($"{IdPrefix(at)}-{subject.Code}-{reason}-{kind}-{version}", subject, reason, kind, at, version, attempts);
    }

    /// <summary>One call to a person: written again under the same key, whatever else of theirs makes it necessary, it stays one.</summary>
    /// <param name="subject">Anything of theirs.</param>
    /// <param name="person">The hash of their number.</param>
    /// <param name="day">Null for all that they have to come.</param>
    public static CallToMake ToPerson(Subject subject, string person, string reason, string kind, Instant dueAt, LocalDate? day)
    {
        var at = Reachable(subject, reason, dueAt);
        var who = string.Concat(person.Where(char.IsAsciiLetterOrDigit).Take(PersonLength));
        return new($"{IdPrefix(at)}-{who}-{reason}-{day?.ToString("uuuuMMdd", CultureInfo.InvariantCulture) ?? "all"}", subject, reason, kind, at, Version: 0, OfPerson: true, Day: day);
    }

    /// <summary>Nobody answered: the same call, later.</summary>
    public CallToMake Again(Instant dueAt)
    {
        var at = Reachable(Subject, Reason, dueAt);
        return this with { Id = IdPrefix(at) + Id[IdPrefix(DueAt).Length..], DueAt = at, Attempts = Attempts + 1 };
    }

    /// <summary>Nobody calls at night or on a Sunday. What is urgent is shown at once, to whoever is there.</summary>
    private static Instant Reachable(Subject subject, string reason, Instant dueAt) =>
        reason == CallReasons.Urgent ? dueAt : HumaneHours.NextCall(subject.Territory, dueAt);
}
