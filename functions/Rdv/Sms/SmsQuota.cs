using NodaTime;
using Rdv.Appointments;
using Rdv.People;
using Rdv.Quotas;

namespace Rdv.Sms;

/// <summary>Keeps one number from being flooded: so many SMS in a day, where the citizen lives. What is over becomes one call to make.</summary>
/// <remarks>
/// Hardly any number gets more than a few in a day: the first of each process leave unread, and cost no request. From then on each is taken from
/// a count in storage, which no restart forgets and every instance shares (docs/adr/0009): the limit, and three more for each process but one.
/// What bounds the cost of all is the budget of a day (<see cref="Dispatch.SendAllowance"/>).
/// </remarks>
public sealed class SmsQuota(Quota quota, Links links, RdvSettings settings, IClock clock)
{
    /// <summary>To each number, from each process.</summary>
    public const int Uncounted = 3;

    /// <summary>What a row can count: a column holds 32 K characters, and each taking is 55 of them. A higher limit is none.</summary>
    public const int MostCounted = 500;

    private static readonly Duration Day = Duration.FromHours(24);

    // It is still yesterday in Tahiti when it is tomorrow in Wallis.
    private const int DaysAlive = 2;

    private readonly Dictionary<LocalDate, Dictionary<PhoneNumber, HashSet<Guid>>> _uncounted = [];

    private int Free => Math.Min(Uncounted, settings.SmsPerPhoneAndDay);

    /// <param name="id">Of the try that is under way.</param>
    /// <returns>False when the number has had as many as one gets in a day. A count that storage does not answer for stops no SMS.</returns>
    public async Task<bool> TryTakeAsync(PhoneNumber number, LocalDate day, Guid id, CancellationToken cancellationToken)
    {
        if (settings.SmsPerPhoneAndDay > MostCounted || TakeUncounted(number, day, id))
        {
            return true;
        }

        if (settings.SmsPerPhoneAndDay <= Free)
        {
            return false;
        }

        try
        {
            var now = clock.GetCurrentInstant();
            return await quota.TakeAsync(
                links.SmsTo(number, day), new Taking(IdOf(id), now, now + Day), settings.SmsPerPhoneAndDay - Free, (_, _, _) => Task.FromResult(true), cancellationToken)
                != TakeOutcome.No;
        }
        catch (Exception exception) when (exception is StorageUnavailableException or ContendedException)
        {
            return true;
        }
    }

    /// <summary>It has certainly not left.</summary>
    public async Task GiveBackAsync(PhoneNumber number, LocalDate day, Guid id, CancellationToken cancellationToken)
    {
        if (settings.SmsPerPhoneAndDay > MostCounted || GiveBackUncounted(number, day, id))
        {
            return;
        }

        try
        {
            await quota.GiveBackAsync(links.SmsTo(number, day), taking => taking.Id == IdOf(id), cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // It counts until tomorrow.
        }
    }

    private static string IdOf(Guid id) => id.ToString("N");

    private bool TakeUncounted(PhoneNumber number, LocalDate day, Guid id)
    {
        lock (_uncounted)
        {
            if (!_uncounted.TryGetValue(day, out var today))
            {
                foreach (var past in _uncounted.Keys.Where(known => known.PlusDays(DaysAlive) < day).ToList())
                {
                    _uncounted.Remove(past);
                }

                _uncounted[day] = today = [];
            }

            if (!today.TryGetValue(number, out var sent))
            {
                today[number] = sent = [];
            }

            return sent.Count < Free && sent.Add(id);
        }
    }

    /// <returns>False when it was taken from the count in storage.</returns>
    private bool GiveBackUncounted(PhoneNumber number, LocalDate day, Guid id)
    {
        lock (_uncounted)
        {
            return _uncounted.GetValueOrDefault(day)?.GetValueOrDefault(number)?.Remove(id) == true;
        }
    }
}
