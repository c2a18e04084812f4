using NodaTime;
using Rdv.Ids;
using Rdv.People;

namespace Rdv.Messages;

/// <summary>One SMS, ready to leave.</summary>
/// <param name="RepeatabilityId">The same for every try of the same message, so that the provider can recognise a repetition.</param>
/// <param name="FirstSent">When the first try was made; the provider recognises an id for a few minutes from it.</param>
/// <param name="Tag">Comes back in the delivery report, and says which message it is about.</param>
public sealed record OutgoingSms(
    AppointmentReference? Reference, string Kind, PhoneNumber To, string Text, Guid RepeatabilityId, Instant FirstSent, MessageTag Tag);

/// <summary>One mail, ready to leave.</summary>
/// <param name="Calendar">An iCalendar object, and its METHOD; null for a plain mail.</param>
/// <param name="MessageId">The same for every try of the same message (RFC 5322, 3.6.4), without angle brackets.</param>
public sealed record OutgoingMail(
    AppointmentReference? Reference,
    string Kind,
    string To,
    string ToName,
    string Subject,
    string Text,
    string? Calendar,
    string? Method,
    string MessageId);

/// <summary>What a gateway says of a message.</summary>
public abstract record SendResult
{
    private SendResult()
    {
    }

    /// <param name="ProviderId">What the provider's delivery report will name.</param>
    /// <param name="MayNotArrive">Where it went, SMS are not promised to arrive: unless a delivery report says so, someone calls.</param>
    public sealed record Sent(string? ProviderId, bool MayNotArrive = false) : SendResult;

    /// <summary>It will never leave: a bad number, a bad address. <paramref name="Reason"/> carries no person.</summary>
    public sealed record Rejected(string Reason) : SendResult
    {
        /// <summary>Of a number that has had as many as it gets in a day.</summary>
        public const string DailyLimit = "daily-limit";
    }

    /// <summary>It has certainly not left, and may later: refused for load, or the provider could not be reached.</summary>
    /// <param name="OneRecipient">The provider answered, and only this recipient cannot be reached through it now.</param>
    public sealed record Unavailable(string Reason, Duration? RetryAfter = null, bool OneRecipient = false) : SendResult;

    /// <summary>Nobody knows whether it left: the answer was lost.</summary>
    public sealed record Unknown(string Reason) : SendResult;
}

public interface ISmsGateway
{
    Task<SendResult> SendAsync(OutgoingSms sms, CancellationToken cancellationToken);
}

public interface IMailGateway
{
    Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
