using NodaTime;

namespace Rdv.Agenda;

/// <summary>The days that were asked for lately: what is worth reading at once. Days that nobody asks for any more leave it after a while.</summary>
internal sealed class RecentWindow(TimeProvider time)
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(30);

    private DateInterval? _before;
    private DateInterval? _now;
    private long _since = time.GetTimestamp();

    /// <summary>At least the days that were asked for last.</summary>
    public DateInterval Days => Join(_before, _now!);

    public void Ask(DateInterval days)
    {
        if (time.GetElapsedTime(_since) >= Turn)
        {
            (_before, _now, _since) = (_now, null, time.GetTimestamp());
        }

        _now = Join(_now, days);
    }

    private static DateInterval Join(DateInterval? a, DateInterval b) => a is null
        ? b
        : new DateInterval(LocalDate.Min(a.Start, b.Start), LocalDate.Max(a.End, b.End));
}
