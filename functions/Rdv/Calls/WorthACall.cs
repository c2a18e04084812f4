namespace Rdv.Calls;

/// <summary>Asks what a call is about whether it would still be of use.</summary>
public sealed class WorthACall(IEnumerable<ICallSubjects> subjects)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<bool> IsAsync(CallToMake call, CancellationToken cancellationToken) => await SheetAsync(call, cancellationToken) is not null;

    /// <returns>Null for one of no use.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<CallSheet?> SheetAsync(CallToMake call, CancellationToken cancellationToken) =>
        subjects.SingleOrDefault(candidate => candidate.About == call.Subject.Kind) is { } subject
            ? await subject.SheetAsync(call, cancellationToken)
            : null;
}
