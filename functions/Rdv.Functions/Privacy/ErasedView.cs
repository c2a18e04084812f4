using Rdv.Functions.Http;
using Rdv.Privacy;

namespace Rdv.Functions.Privacy;

/// <param name="Erased">References of the appointments that name nobody now.</param>
/// <param name="Cancelled">References of those that were cancelled, and name nobody from <paramref name="Until"/> on.</param>
/// <param name="Until">When the messages about what was cancelled have left; null when nothing was.</param>
public sealed record ErasedView(IEnumerable<string> Erased, IEnumerable<string> Cancelled, string? Until, int Waiting, int Calls)
{
    public static ErasedView Of(PersonErased erased) => new(
        erased.Erased.Select(reference => reference.ToString()),
        erased.Cancelled.Select(reference => reference.ToString()),
        erased.Until is { } until ? Values.Format(until, erased.Cancelled[0].Territory) : null,
        erased.Waiting,
        erased.Calls);
}
