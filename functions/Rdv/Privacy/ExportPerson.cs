using NodaTime;
using Rdv.Appointments;
using Rdv.Territories;

namespace Rdv.Privacy;

/// <summary>Reads all that is stored under a number, for the person who asks for it (GDPR, article 15).</summary>
public sealed class ExportPerson(FindPerson find, IPrivacyLog log, Links links, IClock clock)
{
    /// <param name="territory">Null for all.</param>
    /// <param name="by">The role of who asks.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public Task<Result<PersonRecords>> ExecuteAsync(string? phone, Territory? territory, string by, CancellationToken cancellationToken) =>
        FindPerson.Read(phone, territory).ThenAsync<PersonRecords>(async number =>
        {
            await log.WriteAsync(new PrivacyRequest(clock.GetCurrentInstant(), PrivacyKinds.Export, by, links.IndexOf(number), territory), cancellationToken);
            return await find.ExecuteAsync(number, territory, cancellationToken);
        });
}
