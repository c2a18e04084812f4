using NodaTime;
using NodaTime.Text;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Quotas;
using Rdv.Territories;

namespace Rdv.Booking;

/// <summary>Who keeps a slot without having signed in, and how many they may keep at a time.</summary>
/// <param name="Address">As the limits count it; stored as an HMAC only.</param>
public sealed record HoldingClient(string Address, int Most);

/// <summary>Keeps one client from hoarding a morning. A hold that was given back, or became a booking, counts no longer.</summary>
public sealed class HoldQuota(Quota quota, IAgendaStore agenda, Links links, RdvSettings settings, IClock clock)
{
    /// <param name="advisor">Who was asked for; null for anyone: one key of a client may ask for the same hour of several.</param>
    /// <param name="id">Of the hold: the same request takes one time only.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    /// <exception cref="ContendedException">The client asks for more at once than can be counted.</exception>
    public Task<TakeOutcome> TakeAsync(HoldingClient client, Territory territory, WantedSlot slot, string? advisor, string id, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        return quota.TakeAsync(
            links.HoldsOf(client.Address), new Taking(IdOf(territory, slot.Date, slot.StartCell, id, advisor), now, now + settings.HoldDuration), client.Most, StandsAsync, cancellationToken);
    }

    /// <summary>The hold was not placed.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer: it ends by itself.</exception>
    public Task GiveBackAsync(HoldingClient client, Territory territory, WantedSlot slot, string? advisor, string id, CancellationToken cancellationToken) =>
        quota.GiveBackAsync(links.HoldsOf(client.Address), taking => taking.Id == IdOf(territory, slot.Date, slot.StartCell, id, advisor), cancellationToken);

    /// <summary>The hold that began in that cell is gone. One that only looks like it still counts.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer: it ends by itself.</exception>
    public Task GiveBackAsync(HoldingClient client, HoldToken token, int startCell, CancellationToken cancellationToken)
    {
        var id = IdOf(token.Territory, token.Date, startCell, token.Id, advisor: null);
        return quota.GiveBackAsync(links.HoldsOf(client.Address), taking => taking.Id == id || taking.Id == $"{id}|{token.AdvisorId}", cancellationToken);
    }

    private static string IdOf(Territory territory, LocalDate date, int cell, string id, string? advisor) =>
        $"{territory}|{LocalDatePattern.Iso.Format(date)}|{cell}|{id}{(advisor is null ? "" : "|" + advisor)}";

    private async Task<bool> StandsAsync(Taking taking, bool isUnderWay, CancellationToken cancellationToken)
    {
        if (taking.Id.Split('|') is not [var code, var date, var cell, var id, ..] || LocalDatePattern.Iso.Parse(date) is not { Success: true, Value: var day })
        {
            return false;
        }

        // Who keeps it is chosen when it is kept: it may be anyone who works there.
        var entries = (await agenda.ReadDaysAsync(Territory.Parse(code), day, day, cancellationToken)).SelectMany(month => month.Day(day).Entries).ToList();
        return entries.Exists(entry => entry.Kind == EntryKind.Hold && entry.Id == id)
            // Taken a moment ago and not in the agenda: being placed, unless it became an appointment already.
            || (isUnderWay && !entries.Exists(entry => entry.Kind == EntryKind.Appointment && $"{entry.StartCell}" == cell));
    }
}
