using Azure.Data.Tables;
using Azure.Storage.Blobs;
using NodaTime;
using Rdv.Appointments;
using Rdv.Azure.Booking;
using Rdv.Azure.Hotline;
using Rdv.Azure.Privacy;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Backups;
using Rdv.Ids;
using Rdv.Privacy;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Azure.Backups;

/// <summary>Erases once more, in a restored table, whoever was erased since the backup.</summary>
/// <param name="Erasures">How many were asked for since.</param>
/// <param name="Forgotten">The appointments whose person is forgotten now.</param>
/// <param name="ToCome">Those that are still to come in the backup: they had been cancelled since, and have to be once more.</param>
/// <param name="Notes">How many notes of calls to people who waited are forgotten now; those of an appointment go with it.</param>
public sealed record RestoredErasures(int Erasures, IReadOnlyList<AppointmentReference> Forgotten, IReadOnlyList<AppointmentReference> ToCome, int Notes)
{
    internal static async Task<RestoredErasures> ApplyAsync(
        BlobContainerClient backups, TableClient target, BackupManifest manifest, Instant lostAt, CancellationToken cancellationToken)
    {
        var table = new RdvTable(target);
        var (log, appointments, calls, writer) = (new TablePrivacyLog(table), new TableAppointmentStore(table), new TableCallStore(table), new Writer(new TableTransactions(table)));
        var forget = new ForgetAppointment(appointments, calls, writer, new StoppedClock(lostAt));
        var (erasures, forgotten, toCome, notes) = (0, new List<AppointmentReference>(), new List<AppointmentReference>(), 0);
        await foreach (var request in ReadAsync(backups, manifest, cancellationToken))
        {
            erasures++;
            await log.WriteAsync(request, cancellationToken);
            foreach (var territory in manifest.Parts.Select(part => Territory.TryParse(part.Partition, out var parsed) ? parsed : (Territory?)null).OfType<Territory>())
            {
                if (request.Territory is { } only && only != territory)
                {
                    continue;
                }

                foreach (var entry in await appointments.FindByPhoneAsync(territory, request.Person, cancellationToken))
                {
                    (await forget.ExecuteAsync(entry.Reference, cancellationToken) ? forgotten : toCome).Add(entry.Reference);
                }

                foreach (var call in await calls.ListNotesAsync(territory, [request.Person], cancellationToken))
                {
                    var write = new RowWrite.Put(call.WithoutNote());
                    await writer.WriteAsync<bool>(territory, _ => Task.FromResult<Decision<bool>>(new Decision<bool>.Write([write], true)), cancellationToken);
                    notes++;
                }
            }
        }

        return new RestoredErasures(erasures, forgotten, toCome, notes);
    }

    private static async IAsyncEnumerable<PrivacyRequest> ReadAsync(
        BlobContainerClient backups, BackupManifest manifest, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var blob in backups.GetBlobsAsync(new global::Azure.Storage.Blobs.Models.GetBlobsOptions { Prefix = ErasureFile.Folder }, cancellationToken))
        {
            // A name begins with its day: what is older need not be opened.
            if (string.CompareOrdinal(blob.Name.Split('/')[1], NodaTime.Text.LocalDatePattern.Iso.Format(manifest.StartedAt.InUtc().Date)) < 0)
            {
                continue;
            }

            var file = (await backups.GetBlobClient(blob.Name).DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
            if (ErasureFile.Read(file) is var request && request.At >= manifest.StartedAt)
            {
                yield return request;
            }
        }
    }

    private sealed class StoppedClock(Instant at) : IClock
    {
        public Instant GetCurrentInstant() => at;
    }
}
