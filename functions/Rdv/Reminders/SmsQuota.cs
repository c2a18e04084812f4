using NodaTime;
using Rdv.People;

namespace Rdv.Reminders;

/// <summary>Keeps one number from being flooded: so many SMS in a day, where the citizen lives.</summary>
/// <remarks>
/// Counted on this instance, which is the one that sends: a timer runs on one instance at a time. A restart forgets the count of the day;
/// that is enough against a loop or a prank, and costs no request.
/// </remarks>
public sealed class SmsQuota(RdvSettings settings)
{
    private readonly Dictionary<PhoneNumber, int> _sent = [];
    private LocalDate _day;

    /// <returns>False when the number has had as many as one gets in a day.</returns>
    public bool TryTake(PhoneNumber number, LocalDate day)
    {
        lock (_sent)
        {
            if (day != _day)
            {
                _sent.Clear();
                _day = day;
            }

            var sent = _sent.GetValueOrDefault(number);
            _sent[number] = sent + 1;
            return sent < settings.SmsPerPhoneAndDay;
        }
    }
}
