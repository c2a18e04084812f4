using System.Collections.Concurrent;
using NodaTime;
using Rdv.Appointments;
using Rdv.Ids;
using Rdv.Quotas;

namespace Rdv.Booking;

/// <summary>Who books, or asks to be called, without having signed in, and how many times in 24 hours.</summary>
/// <param name="Address">As the limits count it; stored as an HMAC only.</param>
public sealed record Visitor(string Address, int MostPerDay);

/// <summary>
/// Keeps one client from filling agendas, and the list of calls, under names and numbers that it makes up. Each costs an hour of somebody, and
/// an SMS to a stranger.
/// </summary>
/// <remarks>
/// Hardly anyone makes more than a few: those are let through unread, and cost no request (docs/adr/0028). From then on each is taken from a
/// count in storage, before it is made, so that it holds whatever comes at once and on however many instances.
/// </remarks>
public sealed class VisitorQuota(Quota quota, Links links, IClock clock)
{
    /// <summary>Of each client, on each instance.</summary>
    public const int Uncounted = 5;

    /// <summary>What a row can count: a column holds 32 K characters, and each taking is 39 of them.</summary>
    public const int MostPerDay = 800;

    private const int IdLength = 16;

    private const int MaxRemembered = 50_000;

    private static readonly Duration Day = Duration.FromHours(24);

    private readonly ConcurrentDictionary<string, (Instant Since, int Made)> _seen = new();

    /// <param name="visitor">Null for staff, and where nothing is limited.</param>
    /// <param name="request">The same request counts once.</param>
    /// <param name="make">What was refused does not count.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    /// <exception cref="ContendedException">The client asks for more at once than can be counted.</exception>
    public async Task<Result<T>> RunAsync<T>(Visitor? visitor, RequestIdentity request, Func<Task<Result<T>>> make, CancellationToken cancellationToken)
    {
        if (visitor is null || IsRare(visitor))
        {
            return await make();
        }

        var (now, key, id) = (clock.GetCurrentInstant(), links.MadeBy(visitor.Address), request.Nonce[..IdLength]);
        var taken = await quota.TakeAsync(key, new Taking(id, now, now + Day), visitor.MostPerDay, (_, _, _) => Task.FromResult(true), cancellationToken);
        if (taken == TakeOutcome.No)
        {
            return new Refusal.TooMany(Message: "Beaucoup de demandes sont venues d'ici depuis hier. Appelez-nous\u00a0: nous prendrons le rendez-vous avec vous.");
        }

        var result = await make();
        if (taken == TakeOutcome.Anew && result.Refusal is not null)
        {
            await quota.GiveBackAsync(key, taking => taking.Id == id, cancellationToken);
        }

        return result;
    }

    private bool IsRare(Visitor visitor)
    {
        if (_seen.Count >= MaxRemembered)
        {
            _seen.Clear();
        }

        var now = clock.GetCurrentInstant();
        return _seen.AddOrUpdate(visitor.Address, _ => (now, 1), (_, known) => now - known.Since < Day ? (known.Since, known.Made + 1) : (now, 1)).Made <= Uncounted;
    }
}
