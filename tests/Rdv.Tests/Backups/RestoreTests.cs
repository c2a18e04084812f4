using Azure.Data.Tables;
using Azure.Storage.Blobs;
using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Azure.Backups;
using Rdv.Backups;
using Rdv.Calls;
using Rdv.Messages;
using Rdv.Privacy;
using Rdv.Tests.Infrastructure;
using Rdv.Tests.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Backups;

/// <summary>A lost table is restored into a new one, and nobody hears twice.</summary>
public sealed class RestoreTests(TableStorage storage) : ProductTest(storage)
{
    private readonly TableStorage _storage = storage;

    [Fact]
    public async Task Who_had_their_confirmation_and_their_reminder_after_the_backup_gets_neither_again_and_the_next_reminder_once()
    {
        var (world, product) = await StartAsync();
        var backup = await ABackup.OfAsync(world, _storage);

        // Booked a moment before the backup, which is taken before anything has left; one reminder falls between backup and loss, one after.
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        await product.BookAsync(new AnAppointment().At("2026-12-01T15:00"));
        (await backup.ExportAsync()).ShouldBeTrue();
        await product.DispatchAsync();
        world.GoTo("2026-11-23T12:00");
        await product.DispatchAsync();
        var (sms, mails) = (world.Sms.Kinds.ToList(), world.Mail.Received.Count);
        sms.Count(kind => kind == "confirmation").ShouldBe(2);
        sms.ShouldContain(kind => kind.StartsWith("reminder", StringComparison.Ordinal));

        // Lost in the afternoon, restored two hours later.
        world.GoTo("2026-11-23T15:00");
        var report = await backup.RestoreAsync(world.At("2026-11-23T13:00"));
        report.Unknown.ShouldBe(0);
        report.Over.ShouldBeGreaterThan(3);
        var restored = await backup.StartRestoredAsync();
        await restored.DispatchAsync();
        world.Sms.Kinds.ShouldBe(sms, "nobody gets an SMS a second time");
        world.Mail.Received.Count.ShouldBe(mails, "nor a mail");
        await Consistency.ShouldHoldAsync(backup.Table, world.Territory, restored.Get<IAgendaStore>());

        // What is still to come leaves once.
        for (var day = 24; day <= 30; day++)
        {
            world.GoTo($"2026-11-{day}T12:00");
            await restored.DispatchForAsync(2);
        }

        world.Sms.Kinds.Skip(sms.Count).ShouldNotBeEmpty();
        world.Sms.Kinds.Skip(sms.Count).ShouldAllBe(kind => kind.StartsWith("reminder", StringComparison.Ordinal));
        world.Sms.Delivered.Select(one => one.Tag.ToString()).ShouldBeUnique();
    }

    [Fact]
    public async Task What_was_due_in_the_last_minutes_before_the_loss_becomes_a_call_and_no_SMS()
    {
        var (world, product) = await StartAsync();
        var backup = await ABackup.OfAsync(world, _storage);
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        (await backup.ExportAsync()).ShouldBeTrue();
        await product.SendSmsAsync();
        world.Sms.Delivered.Count.ShouldBe(1);
        world.Clock.AdvanceMinutes(30);
        var report = await backup.RestoreAsync(world.At("2026-11-16T09:05"));
        report.Unknown.ShouldBeGreaterThan(0);
        var restored = await backup.StartRestoredAsync();
        await restored.SendSmsAsync();
        world.Sms.Asked.Count.ShouldBe(1, "nothing is even asked of the provider");
        var calls = await backup.Table.QueryAsync<TableEntity>(row => row.PartitionKey == "69", cancellationToken: TestContext.Current.CancellationToken)
            .Where(row => row.RowKey.StartsWith("call|", StringComparison.Ordinal)).ToListAsync(TestContext.Current.CancellationToken);
        calls.ShouldHaveSingleItem().GetString("Reason").ShouldBe("unknown");
    }

    [Fact]
    public async Task A_restored_table_sends_nothing_before_somebody_lets_it()
    {
        var (world, product) = await StartAsync();
        var backup = await ABackup.OfAsync(world, _storage);
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        (await backup.ExportAsync()).ShouldBeTrue();
        await backup.RestoreAsync(world.Clock.GetCurrentInstant());
        await using var paused = world.Start(settings: new Dictionary<string, string?> { ["Tables:Name"] = backup.Table.Name });
        world.GoTo("2026-11-23T12:00");
        await paused.DispatchAsync();
        world.Sms.Asked.ShouldBeEmpty();
        world.Mail.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_books_after_a_restore_finds_the_slots_of_before_taken_and_their_link_works()
    {
        var (world, product) = await StartAsync();
        var backup = await ABackup.OfAsync(world, _storage);
        var booked = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        (await backup.ExportAsync()).ShouldBeTrue();
        var lost = await product.BookAsync(new AnAppointment().At("2026-11-24T11:00"));
        await backup.RestoreAsync(world.Clock.GetCurrentInstant());
        var restored = await backup.StartRestoredAsync();
        (await restored.TryBookAsync(new AnAppointment().At("2026-11-24T09:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        (await restored.CancelAsync(booked)).Status.ShouldBe(AppointmentStatus.Cancelled);

        // Who is lost is not known, and their hour is free.
        (await restored.TryCancelAsync(lost)).Refusal.ShouldNotBeNull();
        (await restored.TryBookAsync(new AnAppointment().At("2026-11-24T11:00"))).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task A_restore_that_is_killed_anywhere_is_run_again_and_ends_the_same()
    {
        var (world, product) = await StartAsync();
        var backup = await ABackup.OfAsync(world, _storage);
        for (var hour = 9; hour < 19; hour++)
        {
            await product.BookAsync(new AnAppointment().At($"2026-11-24T{hour:00}:00"));
        }

        (await backup.ExportAsync()).ShouldBeTrue();
        var lostAt = world.Clock.GetCurrentInstant();
        var whole = await backup.RestoreAsync(lostAt);
        var wanted = await ABackup.RowsAsync(backup.Table);
        var table = backup.New();
        var killed = 0;
        for (var step = 1; ; step++)
        {
            var kill = new KillSwitch(step);
            var line = new StorageLine(kill).ToOptions();
            try
            {
                await backup.RestoreAsync(lostAt, new TableClient(world.ConnectionString, table.Name, line));
            }
            catch (Exception exception) when (exception is SimulatedKillException or AggregateException or OperationCanceledException)
            {
                // As if the process were gone.
            }

            if (!kill.Fired)
            {
                break;
            }

            killed++;
            if (kill.Where == "after update" && (await ABackup.RowsAsync(table)).Count == wanted.Count && !await table.QueryAsync<TableEntity>(row => row.PartitionKey == "restore").AnyAsync())
            {
                // Its last step was done.
                break;
            }
        }

        killed.ShouldBeGreaterThan(8);
        (await ABackup.RowsAsync(table)).ShouldBe(wanted);
        whole.Rows.ShouldBe(wanted.Count);
    }

    [Fact]
    public async Task A_table_that_is_not_empty_is_refused_and_left_as_it_is()
    {
        var (world, _) = await StartAsync();
        var backup = await ABackup.OfAsync(world, _storage);
        (await backup.ExportAsync()).ShouldBeTrue();
        var before = await ABackup.RowsAsync(world.Table);
        (await Should.ThrowAsync<RestoreRefusedException>(() => backup.RestoreAsync(world.Clock.GetCurrentInstant(), world.Table))).Message.ShouldContain("not empty");
        (await ABackup.RowsAsync(world.Table)).ShouldBe(before);

        // A second time into the same new table either.
        await backup.RestoreAsync(world.Clock.GetCurrentInstant());
        await Should.ThrowAsync<RestoreRefusedException>(() => backup.RestoreAsync(world.Clock.GetCurrentInstant()));
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("gone")]
    [InlineData("no manifest")]
    [InlineData("other format")]
    public async Task A_damaged_backup_is_refused_before_anything_is_written(string damage)
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        var backup = await ABackup.OfAsync(world, _storage);
        (await backup.ExportAsync()).ShouldBeTrue();
        var files = await backup.FilesAsync();
        var part = backup.Container.GetBlobClient(files.Single(file => file.Contains("/69-", StringComparison.Ordinal)));
        var manifest = backup.Container.GetBlobClient(files.Single(file => file.Contains("manifest-", StringComparison.Ordinal)));
        switch (damage)
        {
            case "changed":
                var bytes = (await part.DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToArray();
                bytes[^9] ^= 1;
                await part.UploadAsync(new BinaryData(bytes), overwrite: true, TestContext.Current.CancellationToken);
                break;
            case "gone":
                await part.DeleteAsync(cancellationToken: TestContext.Current.CancellationToken);
                break;
            case "no manifest":
                await manifest.DeleteAsync(cancellationToken: TestContext.Current.CancellationToken);
                break;
            default:
                var text = (await manifest.DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToString();
                await manifest.UploadAsync(new BinaryData(text.Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal)), overwrite: true, TestContext.Current.CancellationToken);
                break;
        }

        await Should.ThrowAsync<RestoreRefusedException>(() => backup.RestoreAsync(world.Clock.GetCurrentInstant()));
        (await backup.Table.CreateIfNotExistsAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();
        (await ABackup.RowsAsync(backup.Table)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_loss_before_the_backup_is_no_loss_of_it()
    {
        var (world, _) = await StartAsync();
        var backup = await ABackup.OfAsync(world, _storage);
        (await backup.ExportAsync()).ShouldBeTrue();
        await Should.ThrowAsync<RestoreRefusedException>(() => backup.RestoreAsync(world.Clock.GetCurrentInstant() - Duration.FromMinutes(1)));
    }

    [Fact]
    public async Task Who_was_erased_after_the_backup_is_erased_again_by_the_restore()
    {
        var (world, _) = await StartAsync();
        var backup = await ABackup.OfAsync(world, _storage);
        var product = backup.Start();
        var past = await product.BookAsync(new AnAppointment().At("2026-11-17T09:00").Calling("06 39 98 77 01").For("Ondine Secrète"));
        var toCome = await product.BookAsync(new AnAppointment().At("2026-11-30T09:00").Calling("06 39 98 77 02").For("Gaspard Discret"));
        world.GoTo("2026-11-18T05:00");
        (await ABackup.ExportAsync(product)).ShouldBeTrue();
        foreach (var phone in new[] { "06 39 98 77 01", "06 39 98 77 02" })
        {
            (await product.Get<ErasePerson>().ExecuteAsync(phone, territory: null, cancelToCome: true, "admin", TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        }

        world.GoTo("2026-11-18T09:00");
        var report = await backup.RestoreAsync(world.Clock.GetCurrentInstant());
        report.Erasures.Erasures.ShouldBe(2);
        report.Erasures.Forgotten.ShouldBe([past.Reference]);
        report.Erasures.ToCome.ShouldBe([toCome.Reference]);
        var rows = await ABackup.RowsAsync(backup.Table);
        rows.ShouldNotContain(row => row.Contains("Ondine", StringComparison.Ordinal));
        rows.Count(row => row.StartsWith("privacy ", StringComparison.Ordinal)).ShouldBe(2);
        (await backup.FilesAsync()).Where(file => file.Contains("Ondine", StringComparison.Ordinal) || file.Contains("639987701", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_refused_is_not_noted_beside_the_backups_and_no_restore_carries_it_out()
    {
        var (world, _) = await StartAsync();
        var backup = await ABackup.OfAsync(world, _storage);
        var product = backup.Start();
        await product.BookAsync(new AnAppointment().At("2026-11-17T09:00").Calling("06 39 98 77 04").For("Ondine Secrète"));
        await product.BookAsync(new AnAppointment().At("2026-11-30T09:00").Calling("06 39 98 77 04").For("Ondine Secrète"));
        world.GoTo("2026-11-18T05:00");
        (await ABackup.ExportAsync(product)).ShouldBeTrue();
        (await product.Get<ErasePerson>().ExecuteAsync("06 39 98 77 04", null, cancelToCome: false, "admin", TestContext.Current.CancellationToken))
            .Refusal.ShouldBeOfType<Refusal.StillToCome>();
        (await backup.FilesAsync()).ShouldNotContain(file => file.StartsWith("erasures/", StringComparison.Ordinal));
        (await backup.RestoreAsync(world.Clock.GetCurrentInstant())).Erasures.Erasures.ShouldBe(0);
        (await ABackup.RowsAsync(backup.Table)).Count(row => row.Contains("Ondine", StringComparison.Ordinal)).ShouldBe(2);
    }

    /// <summary>By the hash that it bears: a restore has no secret, and no number.</summary>
    [Fact]
    public async Task The_notes_of_calls_of_who_was_erased_after_the_backup_are_erased_again_by_the_restore()
    {
        var (world, _) = await StartAsync();
        var backup = await ABackup.OfAsync(world, _storage);
        var product = backup.Start();
        world.Sms.Refuse = _ => new SendResult.Rejected("acs-400");
        await product.AskAsync(world, new ARequest("06 39 98 77 05", "Ondine Secrète"));
        await product.BookAsync(new AnAppointment().At("2026-11-17T09:00").Calling("06 39 98 77 06").For("Gaspard Discret"));
        await product.DispatchForAsync(1);
        var sheets = (await product.Get<ListCalls>().ExecuteAsync(world.Territory, world.Clock.GetCurrentInstant() + Duration.FromDays(3), TestContext.Current.CancellationToken)).Sheets;
        sheets.Count.ShouldBe(2);
        foreach (var sheet in sheets)
        {
            (await product.Get<FinishCall>().ExecuteAsync(sheet.Id, CallOutcome.Done, $"{sheet.Name} viendra", TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        }

        world.GoTo("2026-11-18T05:00");
        (await ABackup.ExportAsync(product)).ShouldBeTrue();
        foreach (var phone in new[] { "06 39 98 77 05", "06 39 98 77 06" })
        {
            (await product.Get<ErasePerson>().ExecuteAsync(phone, null, cancelToCome: false, "admin", TestContext.Current.CancellationToken)).Value.Calls.ShouldBe(1);
        }

        var report = await backup.RestoreAsync(world.Clock.GetCurrentInstant());
        (report.Erasures.Erasures, report.Erasures.Notes).ShouldBe((2, 1));
        (await ABackup.RowsAsync(backup.Table)).ShouldNotContain(row => row.Contains("Ondine", StringComparison.Ordinal) || row.Contains("Gaspard", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_is_erased_where_the_backups_could_not_be_told()
    {
        var (world, _) = await StartAsync();
        var backup = await ABackup.OfAsync(world, _storage);
        var product = backup.Start();
        await product.BookAsync(new AnAppointment().At("2026-11-17T09:00").Calling("06 39 98 77 03").For("Ondine Secrète"));
        world.GoTo("2026-11-18T05:00");
        product.Blobs.Fault = _ => StorageFault.Refused;
        await Should.ThrowAsync<StorageUnavailableException>(() => product.Get<ErasePerson>().ExecuteAsync("06 39 98 77 03", null, true, "admin", TestContext.Current.CancellationToken));
        (await ABackup.RowsAsync(world.Table)).ShouldContain(row => row.Contains("Ondine", StringComparison.Ordinal));
    }

    /// <summary>The command itself, as operations run it.</summary>
    [Fact]
    public async Task The_command_lists_restores_and_says_what_it_did()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        var backup = await ABackup.OfAsync(world, _storage);
        (await backup.ExportAsync()).ShouldBeTrue();
        var from = await _storage.ConnectBlobsAsync();
        var (listed, list) = await RunAsync("--from", from, "--container", backup.Container.Name, "--list");
        listed.ShouldBe(0, list);
        list.ShouldContain("2026-11-16/manifest-");
        string[] restore = ["--from", from, "--container", backup.Container.Name, "--to", world.ConnectionString, "--table", backup.Table.Name, "--lost-at", "2026-11-16T12:00:00Z"];
        var (restored, said) = await RunAsync(restore);
        restored.ShouldBe(0, said);
        said.ShouldContain("2 partitions");
        (await RunAsync(restore)).Code.ShouldBe(1, "the table is not empty any more");
        (await RunAsync(restore[..^1])).Code.ShouldBe(2);
        (await RunAsync([.. restore[..^1], "yesterday"])).Code.ShouldBe(2);
    }

    private static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[typeof(Rdv.Restore.RestoreArguments).Assembly.Location, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = System.Diagnostics.Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(said));
    }
}
