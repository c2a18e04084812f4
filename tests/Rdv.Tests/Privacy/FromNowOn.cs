using System.IO.Compression;
using Rdv.Tests.Backups;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Privacy;

/// <summary>
/// What is copied and what leaves from now on: the files beside the table, SMS and mails. What was copied or sent before is outside, and is said to be
/// (docs/privacy.md).
/// </summary>
internal sealed class FromNowOn
{
    private readonly World _world;
    private readonly ABackup _backup;
    private readonly HashSet<string> _files;
    private readonly int _sms;
    private readonly int _mails;

    private FromNowOn(World world, ABackup backup, IReadOnlyList<string> files) =>
        (_world, _backup, _files, _sms, _mails) = (world, backup, [.. files], world.Sms.Asked.Count, world.Mail.Received.Count);

    public static async Task<FromNowOn> OfAsync(World world, ABackup backup)
    {
        await backup.Container.CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);
        return new(world, backup, await backup.FilesAsync());
    }

    /// <summary>Each file that was written since, and each message that left, that says one of the words. There is a whole backup among them.</summary>
    public async Task<IReadOnlyList<string>> TracesAsync(Product product)
    {
        var written = (await _backup.FilesAsync()).Except(_files).ToList();
        written.ShouldContain(file => file.Contains("manifest-", StringComparison.Ordinal), "a backup was completed since");
        var traces = new List<string>();
        foreach (var file in written)
        {
            // What an administrator asked about is kept under the hash, beside the backups too.
            var words = file.Contains("/privacy-", StringComparison.Ordinal) || file.StartsWith("erasures/", StringComparison.Ordinal)
                ? APerson.Typed : APerson.Words(product);
            if (APerson.Says(await ReadAsync(file), words))
            {
                traces.Add(file);
            }
        }

        return
        [
            .. traces,
            .. _world.Sms.Asked.Skip(_sms).Where(sms => APerson.Says($"{sms.To.Stored} {sms.Text}", APerson.Words(product))).Select(sms => "sms: " + sms.Kind),
            .. _world.Mail.Received.Skip(_mails)
                .Where(mail => APerson.Says($"{mail.To} {mail.ToName} {mail.Subject} {mail.Text} {Unfolded(mail.Calendar)}", APerson.Words(product)))
                .Select(mail => "mail: " + mail.Kind),
        ];
    }

    private async Task<string> ReadAsync(string file)
    {
        var content = (await _backup.Container.GetBlobClient(file).DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content;
        await using var stream = content.ToStream();
        using var reader = new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static string? Unfolded(string? calendar) => calendar?.Replace("\r\n ", "", StringComparison.Ordinal);
}
