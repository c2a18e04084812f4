using NodaTime;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Dispatch;
using Rdv.Territories;

namespace Rdv.Hotline;

/// <summary>A call with what is needed to make it.</summary>
/// <param name="Sentence">To be read aloud.</param>
public sealed record CallSheet(CallToMake Call, Appointment Appointment, string Sentence)
{
    public CallId Id => new(Call.Reference.Territory, Call.Id);
}

/// <summary>The calls that the hotline has to make, by due time. One that time has overtaken is not shown.</summary>
public sealed class ListCalls(
    ICallStore calls, IAppointmentStore appointments, ITerritoryDirectories directories, IDirectoryStore directoryStore, RdvSettings settings, IClock clock)
{
    private const int AtOnce = 16;

    /// <param name="territory">Null for all.</param>
    /// <param name="until">Null for what is due now.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<IReadOnlyList<CallSheet>> ExecuteAsync(Territory? territory, Instant? until, CancellationToken cancellationToken)
    {
        IReadOnlyList<Territory> territories = territory is { } one ? [one] : await directoryStore.ListTerritoriesAsync(cancellationToken);
        var limit = until ?? clock.GetCurrentInstant();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        var listed = new IReadOnlyList<CallToMake>[territories.Count];
        await Parallel.ForAsync(0, territories.Count, options, async (i, token) => listed[i] = await calls.ListAsync(territories[i], limit, token));

        var open = listed.SelectMany(list => list).OrderBy(call => call.DueAt).ToList();
        var sheets = new CallSheet?[open.Count];
        await Parallel.ForAsync(0, open.Count, options, async (i, token) => sheets[i] = await SheetAsync(open[i], token));
        return [.. sheets.OfType<CallSheet>()];
    }

    private async Task<CallSheet?> SheetAsync(CallToMake call, CancellationToken cancellationToken)
    {
        if (await appointments.ReadAsync(call.Reference, cancellationToken) is not { Value: var appointment } || !IsStillTrue(call, appointment))
        {
            return null;
        }

        var directory = await directories.GetAsync(call.Reference.Territory, cancellationToken);
        return new CallSheet(call, appointment, CallSentences.Of(call, appointment, directory, settings));
    }

    // Each version of an appointment makes its own calls; and nobody is reminded of what has begun.
    private bool IsStillTrue(CallToMake call, Appointment appointment) =>
        call.Version == appointment.CitizenVersion
        && appointment.Start > clock.GetCurrentInstant()
        && (appointment.Status == AppointmentStatus.Cancelled) == (call.Kind == MessageKinds.Cancellation);
}
