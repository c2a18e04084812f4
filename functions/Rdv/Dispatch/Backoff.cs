using NodaTime;

namespace Rdv.Dispatch;

/// <summary>The pause before the next try: 1, 2, 4 … minutes, at most half an hour.</summary>
internal static class Backoff
{
    public static Duration After(int attempts) => Duration.FromMinutes(Math.Min(30, 1 << Math.Min(attempts, 5)));
}
