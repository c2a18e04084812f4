using NodaTime;

namespace Rdv.Quotas;

/// <summary>What became of a taking.</summary>
public enum TakeOutcome
{
    /// <summary>All is taken.</summary>
    No,

    /// <summary>It counts from now on.</summary>
    Anew,

    /// <summary>The same id had been taken before, and may stand for what was done then: not to be given back for what fails now.</summary>
    Before,
}

/// <summary>
/// So many of something at a time: taken before the act, one writer after the other by the row's ETag, so that any number at once on any
/// number of instances find room for no more than there is (docs/adr/0009).
/// </summary>
/// <remarks>
/// The first taking is inserted unread: one request. When all is taken, it is looked whether what was taken still stands: what has become
/// something else, and what was never given back after a failure, counts no longer.
/// </remarks>
public sealed class Quota(IQuotaStore store, IClock clock)
{
    private const int MaxAttempts = 12;

    /// <summary>An act may still be under way, since no call takes longer.</summary>
    private static readonly Duration UnderWay = Duration.FromSeconds(15);

    /// <param name="most">How many may be taken at a time.</param>
    /// <param name="stands">Whether what was taken is still there; told whether its act may still be under way.</param>
    /// <exception cref="ContendedException">Others were faster at every attempt: nothing was taken.</exception>
    /// <exception cref="StorageUnavailableException">Storage did not answer: it may have been taken, and ends by itself.</exception>
    public async Task<TakeOutcome> TakeAsync(
        QuotaKey key, Taking taking, int most, Func<Taking, bool, CancellationToken, Task<bool>> stands, CancellationToken cancellationToken)
    {
        if (most > 0 && await store.TryWriteAsync(new Takings(key, [taking], ETag: null), cancellationToken))
        {
            return TakeOutcome.Anew;
        }

        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var known = await store.ReadAsync(key, cancellationToken);
            if (known.Items.Any(item => item.Id == taking.Id))
            {
                return TakeOutcome.Before;
            }

            var standing = await StandingAsync(known.Items, most, stands, cancellationToken);
            if (standing.Count >= most)
            {
                return TakeOutcome.No;
            }

            if (await store.TryWriteAsync(known with { Items = [.. standing, taking] }, cancellationToken))
            {
                return TakeOutcome.Anew;
            }

            await Task.Delay(Random.Shared.Next(1, (10 * attempt) + 1), cancellationToken);
        }

        throw new ContendedException("Others took of the same quota at every attempt.");
    }

    /// <summary>The act did not come to pass, or was undone: one taking, whatever else looks like it.</summary>
    /// <remarks>Tried a few times only: what is not given back is found out when all is taken.</remarks>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task GiveBackAsync(QuotaKey key, Predicate<Taking> what, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var known = await store.ReadAsync(key, cancellationToken);
            if (known.Items.FirstOrDefault(item => what(item)) is not { } taking)
            {
                return;
            }

            var left = known.Items.Where(item => item != taking).ToList();
            if (await store.TryWriteAsync(known with { Items = left }, cancellationToken))
            {
                return;
            }

            await Task.Delay(Random.Shared.Next(1, (10 * attempt) + 1), cancellationToken);
        }
    }

    private async Task<IReadOnlyList<Taking>> StandingAsync(
        IReadOnlyList<Taking> items, int most, Func<Taking, bool, CancellationToken, Task<bool>> stands, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var lasting = items.Where(item => item.Until > now).ToList();
        if (lasting.Count < most)
        {
            return lasting;
        }

        var found = await Task.WhenAll(lasting.Select(item => stands(item, now - item.At < UnderWay, cancellationToken)));
        return [.. lasting.Where((_, i) => found[i])];
    }
}
