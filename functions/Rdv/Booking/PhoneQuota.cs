using System.Collections.Concurrent;
using System.Collections.Immutable;
using NodaTime;
using Rdv.Appointments;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Booking;

/// <summary>Keeps one number from filling agendas: so many appointments to come, when it books by itself.</summary>
/// <remarks>
/// In a territory it holds whatever runs at once and on however many instances: the number's turn is written in the transaction of the
/// booking, and whoever was not first reads again. It costs no request the first time: the turn is inserted unread, and one query after that.
/// What a number has elsewhere is counted where this instance has seen it book; one that has not lets it have one more in each territory
/// (docs/adr/0009).
/// </remarks>
public sealed class PhoneQuota(IAppointmentStore appointments, Links links, RdvSettings settings, IClock clock)
{
    private const int MaxRemembered = 100_000;
    private readonly ConcurrentDictionary<PhoneIndex, ImmutableHashSet<Territory>> _seen = new();

    public void Seen(PhoneIndex index, Territory territory)
    {
        if (_seen.Count >= MaxRemembered)
        {
            _seen.Clear();
        }

        _seen.AddOrUpdate(index, _ => [territory], (_, known) => known.Add(territory));
    }

    /// <summary>What a booking has to write besides, to be one of those that the number may have.</summary>
    /// <param name="mayBeFirst">Nothing has stood in the way yet: a number that nobody has seen is not looked for.</param>
    /// <returns>Null when the number has as many as it may.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<IReadOnlyList<RowWrite>?> TakeTurnAsync(
        Territory territory, PhoneNumber phone, AppointmentReference reference, bool mayBeFirst, CancellationToken cancellationToken)
    {
        if (settings.AppointmentsPerPhone == int.MaxValue)
        {
            return [];
        }

        var current = links.IndexOf(phone);
        var turn = new PhoneTurn(current, reference);
        if (mayBeFirst && !_seen.ContainsKey(current))
        {
            return [new RowWrite.Insert(turn)];
        }

        var here = await appointments.ReadPhoneAsync(territory, current, cancellationToken);
        if (await CountAsync(here.Appointments, territory, phone, cancellationToken) >= settings.AppointmentsPerPhone)
        {
            return null;
        }

        return [here.ETag is null ? new RowWrite.Insert(turn) : new RowWrite.Replace(turn, here.ETag)];
    }

    private async Task<int> CountAsync(
        IReadOnlyList<PhoneEntry> here, Territory territory, PhoneNumber phone, CancellationToken cancellationToken)
    {
        // Under the keys that were current before, and in the other territories.
        var current = links.IndexOf(phone);
        var elsewhere =
            from index in links.IndexesOf(phone)
            from seen in _seen.GetValueOrDefault(current, []).Add(territory)
            where index != current || seen != territory
            select appointments.FindByPhoneAsync(seen, index, cancellationToken);
        var now = clock.GetCurrentInstant();

        // Who enrols in a course asks for one thing, however many its sessions are.
        return here.Concat((await Task.WhenAll(elsewhere)).SelectMany(entries => entries))
            .Where(entry => !entry.Cancelled && entry.Start > now)
            .DistinctBy(entry => entry.Enrolment ?? entry.Reference.Code)
            .Count();
    }
}
