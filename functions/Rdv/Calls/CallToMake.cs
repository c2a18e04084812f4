using NodaTime;
using NodaTime.Text;
using Rdv.Ids;
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
/// <param name="Version">The version of the subject that made the call necessary.</param>
/// <param name="Attempts">Calls that nobody answered.</param>
/// <param name="Kind">The kind of the message that the call stands in for.</param>
public sealed record CallToMake(string Id, Subject Subject, string Reason, string Kind, Instant DueAt, int Version, int Attempts = 0) : IRow
{
    private static readonly InstantPattern IdInstant = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    /// <summary>What the ids of calls due in that second begin with.</summary>
    public static string IdPrefix(Instant dueAt) => IdInstant.Format(dueAt);

    public static CallToMake Of(Subject subject, string reason, string kind, Instant dueAt, int version, int attempts = 0) => new(
        $"{IdPrefix(dueAt)}-{subject.Code}-{reason}-{kind}-{version}",
        subject,
        reason,
        kind,
        dueAt,
        version,
        attempts);
}
