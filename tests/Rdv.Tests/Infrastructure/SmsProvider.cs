using NodaTime;
using Rdv.Messages;

namespace Rdv.Tests.Infrastructure;

/// <summary>The provider of SMS and the phones behind it. Like the real one, it recognises an id for five minutes and no longer.</summary>
internal sealed class SmsProvider(IClock clock)
{
    /// <summary>For how long an id is known again.</summary>
    public Duration Window { get; set; } = Duration.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly List<OutgoingSms> _asked = [];
    private readonly List<OutgoingSms> _delivered = [];

    /// <summary>Every request, repetitions included.</summary>
    public IReadOnlyList<OutgoingSms> Asked
    {
        get
        {
            lock (_gate)
            {
                return [.. _asked];
            }
        }
    }

    /// <summary>What rang on a phone.</summary>
    public IReadOnlyList<OutgoingSms> Delivered
    {
        get
        {
            lock (_gate)
            {
                return [.. _delivered];
            }
        }
    }

    public IReadOnlyList<string> Kinds => [.. Delivered.Select(sms => sms.Kind)];

    /// <summary>An answer in place of a delivery.</summary>
    public Func<OutgoingSms, SendResult?>? Refuse { get; set; }

    /// <summary>Whether it delivers and its answer is lost.</summary>
    public bool LosesAnswers { get; set; }

    public SendResult Send(OutgoingSms sms)
    {
        lock (_gate)
        {
            _asked.Add(sms);
            if (Refuse?.Invoke(sms) is { } refused)
            {
                return refused;
            }

            var recognised = clock.GetCurrentInstant() - sms.FirstSent <= Window && _delivered.Exists(other => other.RepeatabilityId == sms.RepeatabilityId);
            if (!recognised)
            {
                _delivered.Add(sms);
            }

            return LosesAnswers ? new SendResult.Unknown("timeout") : new SendResult.Sent("provider-" + sms.RepeatabilityId);
        }
    }
}
