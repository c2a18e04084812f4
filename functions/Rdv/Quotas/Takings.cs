using NodaTime;

namespace Rdv.Quotas;

/// <summary>Whose takings they are, without naming anyone: an HMAC under a numbered key.</summary>
/// <param name="Kind">What is counted: small letters.</param>
public readonly record struct QuotaKey(string Kind, int KeyNumber, string Hash);

/// <summary>One thing that counts.</summary>
/// <param name="Id">By which it is found where it stands, and taken once only.</param>
/// <param name="At">When it was taken.</param>
/// <param name="Until">When it ends by itself.</param>
public sealed record Taking(string Id, Instant At, Instant Until);

/// <summary>All that one has taken.</summary>
/// <param name="ETag">Null when nothing has ever been stored.</param>
public sealed record Takings(QuotaKey Key, IReadOnlyList<Taking> Items, string? ETag);

/// <summary>Keeps what was taken, apart from every territory: a limit holds for all of them, and none of them waits for it.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface IQuotaStore
{
    /// <summary>One point read.</summary>
    Task<Takings> ReadAsync(QuotaKey key, CancellationToken cancellationToken);

    /// <summary>Inserts, or replaces what was read: one request.</summary>
    /// <returns>False when somebody was faster.</returns>
    Task<bool> TryWriteAsync(Takings takings, CancellationToken cancellationToken);

    /// <summary>Deletes what has all ended by itself before that instant.</summary>
    Task ForgetAsync(Instant endedBefore, CancellationToken cancellationToken);
}
