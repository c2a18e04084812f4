using NodaTime;
using Rdv.People;

namespace Rdv.Sms;

/// <summary>Keeps one number from being flooded: so many SMS in a day, where the citizen lives. What is over becomes one call to make.</summary>
/// <remarks>
/// Counted in memory, on the instance that sends: a timer runs on one instance at a time. A restart, or a second run that overlaps, forgets
/// the count of the day; that is enough against a loop or a prank. A count in storage would cost a request for every SMS, where everything
/// else about one costs three; what bounds the cost whatever happens is the budget of a day, which is shared (<see cref="Dispatch.SendAllowance"/>).
/// </remarks>
public sealed class SmsQuota(RdvSettings settings)
{
    // It is still yesterday in Tahiti when it is tomorrow in Wallis.
    private const int DaysAlive = 2;

    private readonly Dictionary<LocalDate, Dictionary<PhoneNumber, int>> _sent = [];

    /// <returns>False when the number has had as many as one gets in a day.</returns>
    public bool TryTake(PhoneNumber number, LocalDate day)
    {
        lock (_sent)
        {
            if (!_sent.TryGetValue(day, out var today))
            {
                foreach (var past in _sent.Keys.Where(known => known.PlusDays(DaysAlive) < day).ToList())
                {
                    _sent.Remove(past);
                }

                _sent[day] = today = [];
            }

            var sent = today.GetValueOrDefault(number);
            today[number] = sent + 1;
            return sent < settings.SmsPerPhoneAndDay;
        }
    }

    public void GiveBack(PhoneNumber number, LocalDate day)
    {
        lock (_sent)
        {
            if (_sent.TryGetValue(day, out var today) && today.GetValueOrDefault(number) is > 0 and var sent)
            {
                today[number] = sent - 1;
            }
        }
    }
}
