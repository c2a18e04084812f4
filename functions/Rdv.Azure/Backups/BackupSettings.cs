namespace Rdv.Azure.Backups;

/// <param name="Endpoint">Address of the blobs of the account that backups are kept in; access is by the app's identity.</param>
/// <param name="ConnectionString">In place of it, for an emulator.</param>
/// <param name="Container">Name of the container.</param>
public sealed record BackupSettings(Uri? Endpoint, string? ConnectionString, string Container)
{
    public bool IsOn => Endpoint is not null || ConnectionString is not null;
}
