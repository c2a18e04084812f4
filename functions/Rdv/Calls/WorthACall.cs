using NodaTime;

namespace Rdv.Calls;

/// <summary>Asks what a call is about whether it would still be of use.</summary>
public sealed class WorthACall(IEnumerable<ICallSubjects> subjects, ICallStore calls, IClock clock)
{
    // The newest of them: a call too many costs less than to read a long list for each.
    private const int MaxRead = 50;

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<bool> IsAsync(CallToMake call, CancellationToken cancellationToken) => await SheetAsync(call, cancellationToken) is not null;

    /// <summary>The same where one open call of that reason is enough for one person, whatever it is about.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<bool> IsFirstAsync(CallToMake call, CancellationToken cancellationToken)
    {
        if (await SheetAsync(call, cancellationToken) is not { } sheet)
        {
            return false;
        }

        // One that nobody answered comes back later.
        var open = await calls.ListAsync(call.Subject.Territory, clock.GetCurrentInstant() + FinishCall.CallAgainAfter, cancellationToken);
        foreach (var other in open.Where(other => other.Reason == call.Reason).Reverse().Take(MaxRead))
        {
            if ((await SheetAsync(other, cancellationToken))?.Phone == sheet.Phone)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<CallSheet?> SheetAsync(CallToMake call, CancellationToken cancellationToken) =>
        subjects.SingleOrDefault(candidate => candidate.About == call.Subject.Kind) is { } subject
            ? await subject.SheetAsync(call, cancellationToken)
            : null;
}
