using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Rdv.Booking;

namespace Rdv.Functions.Http;

/// <summary>Settings of the limits (docs/operations.md); <see cref="Enabled"/> is false for load tests only.</summary>
public sealed record LimitSettings
{
    public bool Enabled { get; init; } = true;

    public int ReadsPerMinute { get; init; } = 120;

    public int ReadBurst { get; init; } = 60;

    public int WritesPerMinute { get; init; } = 20;

    public int WriteBurst { get; init; } = 20;

    /// <summary>A hotline of ten people sits behind one address, and each call of theirs is several requests.</summary>
    public int StaffTimes { get; init; } = 15;

    public int WrongKeysPerMinute { get; init; } = 10;

    public int HoldsPerClient { get; init; } = 2;

    /// <summary>
    /// Of browsers that we know by their cookie, each of which keeps one: ten people in a library sit behind one address. A client that sends
    /// no cookie back may be anyone, again and again.
    /// </summary>
    public int HoldsPerAddress { get; init; } = 10;

    /// <summary>
    /// Bookings and requests to be called of one address in 24 hours. A mobile operator puts thousands of people behind one: more than they book on a day
    /// of television, and what a script makes in half an hour.
    /// </summary>
    public int MadePerDay { get; init; } = 600;

    /// <summary>Null when nothing is limited.</summary>
    internal Visitor? Visitor(HttpRequest request) => Enabled ? new Visitor(ClientAddress.Of(request), ClientAddress.SiteOf(request), MadePerDay) : null;

    /// <summary>Null when nothing is limited.</summary>
    internal HoldingClient? Holding(HttpRequest request, int most) => Enabled ? new HoldingClient(ClientAddress.Of(request), most) : null;
}

/// <summary>Counts what each client asks, on this instance.</summary>
public sealed class Limits(LimitSettings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _reads = Buckets(settings.ReadBurst, settings.ReadsPerMinute);
    private readonly PartitionedRateLimiter<string> _writes = Buckets(settings.WriteBurst, settings.WritesPerMinute);
    private readonly PartitionedRateLimiter<string> _staffReads = Buckets(settings.ReadBurst * settings.StaffTimes, settings.ReadsPerMinute * settings.StaffTimes);
    private readonly PartitionedRateLimiter<string> _staffWrites = Buckets(settings.WriteBurst * settings.StaffTimes, settings.WritesPerMinute * settings.StaffTimes);
    private readonly KeyTries _keys = new(settings.WrongKeysPerMinute);

    public bool Enabled => settings.Enabled;

    /// <summary>Whether one more request may be served.</summary>
    /// <param name="isStaff">Staff are counted apart from the visitors of the same address.</param>
    public bool TryRequest(HttpRequest request, bool isStaff)
    {
        var isRead = Asks.ToRead(request);
        var limiter = (isStaff, isRead) switch
        {
            (false, true) => _reads,
            (false, false) => _writes,
            (true, true) => _staffReads,
            (true, false) => _staffWrites,
        };
        return !settings.Enabled || limiter.AttemptAcquire(ClientAddress.Of(request)).IsAcquired;
    }

    /// <summary>Begins to try a key, or a reference: a right one after too many wrong ones would be a lucky guess.</summary>
    /// <returns>Null when the client has tried too many wrong ones.</returns>
    public ValueTask<KeyTries.Try?> TryKeyAsync(HttpRequest request) => settings.Enabled
        ? _keys.BeginAsync(ClientAddress.Of(request), request.HttpContext.RequestAborted)
        : new(KeyTries.Try.Unlimited);

    public void Dispose()
    {
        _reads.Dispose();
        _writes.Dispose();
        _staffReads.Dispose();
        _staffWrites.Dispose();
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
