using System.Collections.Concurrent;
using NodaTime;
using Rdv.Appointments;
using Rdv.Ids;
using Rdv.Quotas;

namespace Rdv.Booking;

/// <summary>Who books, or asks to be called, without having signed in, and how many times in 24 hours.</summary>
/// <param name="Address">As the limits count it; stored as an HMAC only.</param>
/// <param name="Site">What the address is one of many thousands of, likewise; null where addresses are not drawn at will.</param>
public sealed record Visitor(string Address, string? Site, int MostPerDay);

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

    /// <summary>Of each site, on each instance: a mobile operator has as many subscribers in one as somebody who draws addresses has addresses.</summary>
    public const int UncountedOfSite = 50;

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
        if (visitor is null)
        {
            return await make();
        }

        var id = request.Nonce[..IdLength];
        var taken = new List<QuotaKey>();
        foreach (var (counted, uncounted, most) in new[] { (visitor.Address, Uncounted, visitor.MostPerDay), (visitor.Site, UncountedOfSite, MostPerDay) })
        {
            if (counted is null || IsRare(counted, uncounted))
            {
                continue;
            }

            var (now, key) = (clock.GetCurrentInstant(), links.MadeBy(counted));
            var outcome = await quota.TakeAsync(key, new Taking(id, now, now + Day), most, (_, _, _) => Task.FromResult(true), cancellationToken);
            if (outcome == TakeOutcome.Anew)
            {
                taken.Add(key);
            }
            else if (outcome == TakeOutcome.No)
            {
                await GiveBackAsync();
                return new Refusal.TooMany(Message: "Beaucoup de demandes sont venues d'ici depuis hier. Appelez-nous\u00a0: nous prendrons le rendez-vous avec vous.");
            }
        }

        var result = await make();
        if (result.Refusal is not null)
        {
            await GiveBackAsync();
        }

        return result;

        async Task GiveBackAsync()
        {
            foreach (var key in taken)
            {
                await quota.GiveBackAsync(key, taking => taking.Id == id, cancellationToken);
            }
        }
    }

    private bool IsRare(string counted, int uncounted)
    {
        if (_seen.Count >= MaxRemembered)
        {
            _seen.Clear();
        }

        var now = clock.GetCurrentInstant();
        return _seen.AddOrUpdate(counted, _ => (now, 1), (_, known) => now - known.Since < Day ? (known.Since, known.Made + 1) : (now, 1)).Made <= uncounted;
    }
}
