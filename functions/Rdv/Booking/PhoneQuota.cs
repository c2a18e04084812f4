using System.Collections.Concurrent;
using NodaTime;
using Rdv.Appointments;
using Rdv.People;
using Rdv.Territories;

namespace Rdv.Booking;

/// <summary>
/// Keeps one number from filling an agenda: so many appointments to come, when it books by itself.
/// </summary>
/// <remarks>
/// Costs nothing on the first booking of a number that this instance sees, and one query on those that follow: a limit against abuse
/// need not be exact across instances, and a booking is to cost two requests.
/// </remarks>
public sealed class PhoneQuota(IAppointmentStore appointments, Links links, RdvSettings settings, IClock clock)
{
    private const int MaxRemembered = 100_000;
    private readonly ConcurrentDictionary<PhoneIndex, byte> _seen = new();

    public void Seen(PhoneIndex index)
    {
        if (_seen.Count >= MaxRemembered)
        {
            _seen.Clear();
        }

        _seen[index] = 0;
    }

    public async Task<bool> IsExhaustedAsync(Territory territory, PhoneNumber phone, CancellationToken cancellationToken)
    {
        if (settings.AppointmentsPerPhone == int.MaxValue || !_seen.ContainsKey(links.IndexOf(phone)))
        {
            return false;
        }

        var now = clock.GetCurrentInstant();
        var toCome = 0;
        foreach (var index in links.IndexesOf(phone))
        {
            var entries = await appointments.FindByPhoneAsync(territory, index, cancellationToken);
            toCome += entries.Count(entry => !entry.Cancelled && entry.Start > now);
        }

        return toCome >= settings.AppointmentsPerPhone;
    }
}
