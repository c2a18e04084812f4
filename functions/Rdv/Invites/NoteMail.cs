using NodaTime;
using Rdv.Directory;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Invites;

/// <summary>Notes at an advisor whether their mails arrive, so that they and their structure are told where they look.</summary>
public sealed class NoteMail(IDirectoryStore store, Writer writer, ITerritoryDirectories directories, IClock clock)
{
    /// <summary>Costs nothing while the answer is what it was.</summary>
    /// <param name="advisor">As the directory has them.</param>
    /// <param name="refused">The mail came back for good.</param>
    public async Task ExecuteAsync(Territory territory, Advisor advisor, bool refused, CancellationToken cancellationToken)
    {
        if (refused == advisor.MailRefusedAt is not null)
        {
            return;
        }

        try
        {
            await writer.WriteAsync<bool>(
                territory,
                async token => await store.FindAdvisorAsync(territory, advisor.Id, token) is { } stored
                    && stored.Value.Email == advisor.Email
                    && stored.Value.MailRefusedAt is not null != refused
                        ? new Decision<bool>.Write(
                            [new RowWrite.Replace(stored.Value with { MailRefusedAt = refused ? clock.GetCurrentInstant() : null }, stored.ETag)], true)
                        : false,
                cancellationToken);
            await directories.TryReloadAsync(territory, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // What became of the mail is worth more than the note, which the next mail makes.
        }
    }
}
