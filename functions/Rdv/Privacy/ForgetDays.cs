using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Agenda;
using Rdv.Calls;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Privacy;

/// <summary>
/// Each night, forgets the people of the day whose time is over (docs/adr/0022): the agenda names the appointments. Takes up the days that
/// nights have missed; staff come after those whom they received. What costs nothing to find is not stored a second time with each booking.
/// </summary>
public sealed partial class ForgetDays(
    IDirectoryStore directoryStore,
    IAgendaStore agenda,
    IForgottenDaysStore forgotten,
    ICallStore calls,
    ForgetAppointment forget,
    ForgetStaff forgetStaff,
    Writer writer,
    RdvSettings settings,
    IClock clock,
    ILogger<ForgetDays> logger)
{
    /// <summary>The hour of the night in which a territory's day is over for those who look, where it is.</summary>
    public const int Hour = 3;

    private const int TerritoriesAtOnce = 8;

    // So far the first night looks: more than can be booked ahead.
    private const int FirstDays = 400;

    /// <summary>To be run every hour: it is night at another hour in each territory. Elsewhere it asks nothing.</summary>
    /// <exception cref="StorageUnavailableException">The list of territories could not be read. A territory that cannot be read is logged; the next night takes it up.</exception>
    public async Task ExecuteAsync(CancellationToken cancellationToken) => await (await directoryStore.ListTerritoriesAsync(cancellationToken)).InEachAsync(
        TerritoriesAtOnce,
        (territory, token) => clock.GetCurrentInstant().InZone(territory.Zone) is { Hour: Hour } night ? ForgetAsync(territory, night.Date, token) : Task.CompletedTask,
        (territory, exception) => LogFailed(logger, territory.Code, exception),
        cancellationToken);

    private async Task ForgetAsync(Territory territory, LocalDate today, CancellationToken cancellationToken)
    {
        await ForgetCallsAsync(territory, cancellationToken);
        var last = today.PlusDays(-settings.PrivacyDays);
        await ForgetPeopleAsync(territory, last, cancellationToken);
        await forgetStaff.ExecuteAsync(territory, today, last, cancellationToken);
    }

    private async Task ForgetPeopleAsync(Territory territory, LocalDate last, CancellationToken cancellationToken)
    {
        var first = (await forgotten.FindAsync(territory, cancellationToken))?.Through.PlusDays(1) ?? last.PlusDays(-FirstDays);
        if (first > last)
        {
            return;
        }

        var months = await agenda.ReadDaysAsync(territory, first, last, cancellationToken);
        for (var date = first; date <= last; date = date.PlusDays(1))
        {
            var references = months.Where(month => month.Month == date.ToYearMonth()).SelectMany(month => month.Day(date).Entries)
                .SelectMany(entry => entry.ReferencesIn(territory))
                .ToList();
            foreach (var reference in references)
            {
                await ForgetAsync(reference, cancellationToken);
            }

            if (references.Count > 0 || date == last)
            {
                var through = new ForgottenDays(date);
                await writer.WriteAsync<bool>(territory, _ => Task.FromResult<Decision<bool>>(new Decision<bool>.Write([new RowWrite.Put(through)], true)), cancellationToken);
            }
        }
    }

    /// <summary>A damaged row stops nobody's forgetting but its own person's, of whom it is told.</summary>
    private async Task ForgetAsync(AppointmentReference reference, CancellationToken cancellationToken)
    {
        try
        {
            await forget.ExecuteAsync(reference, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            LogDamaged(logger, reference.ToString(), exception);
        }
    }

    /// <summary>Calls that nobody has made: they name no person, and their keys hold a part of the hash of a number.</summary>
    private async Task ForgetCallsAsync(Territory territory, CancellationToken cancellationToken)
    {
        var until = clock.GetCurrentInstant() - Duration.FromDays(settings.PrivacyDays);
        var more = true;
        while (more)
        {
            more = (await writer.WriteAsync<bool>(
                territory,
                async token => await calls.ListAsync(territory, until, token) is { Count: > 0 } old
                    ? new Decision<bool>.Write([.. old.Take(ITransactions.MaxRows).Select(call => new RowWrite.Delete(call))], old.Count > ITransactions.MaxRows)
                    : false,
                cancellationToken)).Value;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The people of territory {Territory} whose time is over could not be forgotten; the next night takes it up.")]
    private static partial void LogFailed(ILogger logger, string territory, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The row of {Reference} is damaged: its person could not be forgotten.")]
    private static partial void LogDamaged(ILogger logger, string reference, Exception exception);
}
