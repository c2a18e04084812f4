using NodaTime;
using Rdv.Messages;

namespace Rdv.Tests.Simulation;

/// <summary>One request to the provider of SMS, and its answer.</summary>
internal sealed record Attempt(Instant At, OutgoingSms Sms, SendResult Result)
{
    public bool Left => Result is SendResult.Sent;
}

/// <summary>A provider on bad days: one call in five fails, some numbers do not exist, and for six hours nothing goes at all.</summary>
internal sealed class FlakyProvider(IClock clock, Interval cutOff, int seed) : ISmsGateway
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly List<Attempt> _attempts = [];

    public IReadOnlyList<Attempt> Attempts
    {
        get
        {
            lock (_gate)
            {
                return [.. _attempts];
            }
        }
    }

    public static bool IsDead(string e164) => e164.EndsWith('7') && e164[^2] == '7';

    public Task<SendResult> SendAsync(OutgoingSms sms, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = clock.GetCurrentInstant();
            SendResult result = cutOff.Contains(now) ? new SendResult.Unavailable("cut-off")
                : IsDead(sms.To.E164) ? new SendResult.Rejected("no-such-number")
                : _random.Next(5) == 0 ? new SendResult.Unavailable("503")
                : new SendResult.Sent($"id-{_attempts.Count}");
            _attempts.Add(new Attempt(now, sms, result));
            return Task.FromResult(result);
        }
    }
}
