using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Rdv.Azure.Backups;
using Rdv.Restore;

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};
try
{
    if (RestoreArguments.ReadList(args) is { } list)
    {
        foreach (var name in await new RestoreTable(Backups(list.From, list.Container), new TableClient("UseDevelopmentStorage=true", "none"), Console.WriteLine).ListAsync(stopping.Token))
        {
            Console.WriteLine(name);
        }

        return 0;
    }

    var asked = RestoreArguments.Read(args);
    var report = await new RestoreTable(Backups(asked.From, asked.Container), Table(asked.To, asked.Table), Console.WriteLine)
        .ExecuteAsync(asked.Backup, asked.LostAt, stopping.Token);
    Console.WriteLine($"""
        Restored: {report.Rows} rows in {report.Manifest.Parts.Count} partitions of the table {asked.Table}, each compared with the backup.
        Messages: {report.ToCome} are still to come; {report.Over} were due before the loss and do not leave again;
          {report.Unknown} were due in the last minutes before it: to citizens they become calls to make, to advisors they leave again as the same event.
        Erasures since the backup: {report.Erasures.Erasures}; their person is forgotten again in {report.Erasures.Forgotten.Count} appointments and {report.Erasures.Notes} notes of calls.
          Still to come, to be cancelled and erased again by an administrator: {(report.Erasures.ToCome.Count == 0 ? "none" : string.Join(", ", report.Erasures.ToCome))}.
        SMS and mails are paused in this table: set Tables__Name to {asked.Table}, look, then let them run (docs/operations.md).
        What was booked, moved or cancelled after {report.Manifest.StartedAt} is not here, and how many there were cannot be known from here.
        """);
    return 0;
}
catch (FormatException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine(RestoreArguments.Usage);
    return 2;
}
catch (RestoreRefusedException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped. The same command goes on.");
    return 3;
}

static BlobContainerClient Backups(string from, string container) => IsAddress(from)
    ? new BlobContainerClient(new Uri($"{from.TrimEnd('/')}/{container}"), new DefaultAzureCredential())
    : new BlobContainerClient(from, container);

static TableClient Table(string to, string table) => IsAddress(to)
    ? new TableClient(new Uri(to), table, new DefaultAzureCredential())
    : new TableClient(to, table);

static bool IsAddress(string text) => text.StartsWith("http://", StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal);
