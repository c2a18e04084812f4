using NodaTime;
using Rdv.Privacy;

namespace Rdv.Backups;

/// <summary>
/// Notes each erasure beside the backups as well, before anything is erased: a backup of the night before still has the person, and whoever restores it
/// has to erase them again. Where there are no backups there is nothing to note.
/// </summary>
public sealed class NotedErasures(IPrivacyLog log, IBackup backup) : IPrivacyLog
{
    public async Task WriteAsync(PrivacyRequest request, CancellationToken cancellationToken)
    {
        if (backup.IsOn && request.Kind == PrivacyKinds.Erase)
        {
            await backup.NoteAsync(request, cancellationToken);
        }

        await log.WriteAsync(request, cancellationToken);
    }

    public Task ForgetAsync(Instant before, CancellationToken cancellationToken) => log.ForgetAsync(before, cancellationToken);
}
