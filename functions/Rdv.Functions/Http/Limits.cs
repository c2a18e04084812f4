using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Rdv.Functions.Http;

/// <summary>Settings of the limits; <see cref="Enabled"/> is false for load tests only.</summary>
public sealed record LimitSettings
{
    public bool Enabled { get; init; } = true;

    public int ReadsPerMinute { get; init; } = 120;

    public int ReadBurst { get; init; } = 60;

    public int WritesPerMinute { get; init; } = 20;

    public int WriteBurst { get; init; } = 20;

    public int WrongKeysPerMinute { get; init; } = 10;

    public int HoldsPerClient { get; init; } = 2;

    /// <summary>The platform in front appends the caller's address to <c>X-Forwarded-For</c>; without it, the header is anybody's word.</summary>
    public bool BehindPlatform { get; init; }
}

/// <summary>Counts what each client address asks, on this instance.</summary>
public sealed class Limits(LimitSettings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _reads = Buckets(settings.ReadBurst, settings.ReadsPerMinute);
    private readonly PartitionedRateLimiter<string> _writes = Buckets(settings.WriteBurst, settings.WritesPerMinute);
    private readonly PartitionedRateLimiter<string> _wrongKeys = Buckets(settings.WrongKeysPerMinute, settings.WrongKeysPerMinute);

    public bool Enabled => settings.Enabled;

    /// <summary>Whether one more request may be served.</summary>
    public bool TryRequest(HttpRequest request) =>
        !settings.Enabled || (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? _reads : _writes).AttemptAcquire(AddressOf(request)).IsAcquired;

    /// <summary>Whether the client may still try a key: a right one after too many wrong ones would be a lucky guess.</summary>
    public bool MayTryKey(HttpRequest request) => !settings.Enabled || _wrongKeys.GetStatistics(AddressOf(request)) is not { CurrentAvailablePermits: <= 0 };

    /// <summary>Counts a wrong key, or an unknown reference.</summary>
    public void WrongKey(HttpRequest request)
    {
        if (settings.Enabled)
        {
            _wrongKeys.AttemptAcquire(AddressOf(request)).Dispose();
        }
    }

    public string AddressOf(HttpRequest request)
    {
        if (settings.BehindPlatform && request.Headers["X-Forwarded-For"].ToString() is { Length: > 0 } forwarded)
        {
            // The last entry is the one that the platform wrote; what stands before it came from the client.
            var last = forwarded[(forwarded.LastIndexOf(',') + 1)..].Trim();
            var colon = last.LastIndexOf(':');
            return colon > 0 && last.Count(character => character == ':') == 1 ? last[..colon] : last;
        }

        return request.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "unknown";
    }

    public void Dispose()
    {
        _reads.Dispose();
        _writes.Dispose();
        _wrongKeys.Dispose();
    }

    private static PartitionedRateLimiter<string> Buckets(int burst, int perMinute) =>
        PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / perMinute,
            QueueLimit = 0,
            AutoReplenishment = true,
        }));
}
