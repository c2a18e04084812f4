using NodaTime;
using Rdv.Local.Dev;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Local;

public sealed class OutboxTests
{
    [Fact]
    public void Messages_outlive_a_restart()
    {
        using var directory = new TemporaryDirectory();
        using (var outbox = new Outbox(directory.FileNamed("messages.jsonl")))
        {
            outbox.Add(Message("un\ndeux é"));
        }

        using var again = new Outbox(directory.FileNamed("messages.jsonl"));
        again.Messages.ShouldBe([Message("un\ndeux é")]);
    }

    [Fact]
    public void A_torn_last_line_is_written_over()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.FileNamed("messages.jsonl");
        using (var outbox = new Outbox(path))
        {
            outbox.Add(Message("un"));
            outbox.Add(Message("deux"));
        }

        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^7]);
        using (var outbox = new Outbox(path))
        {
            outbox.Messages.ShouldBe([Message("un")]);
            outbox.Add(Message("trois"));
        }

        using var again = new Outbox(path);
        again.Messages.ShouldBe([Message("un"), Message("trois")]);
    }

    [Fact]
    public void Messages_added_at_once_are_all_kept()
    {
        using var directory = new TemporaryDirectory();
        using (var outbox = new Outbox(directory.FileNamed("messages.jsonl")))
        {
            Parallel.For(0, 500, i => outbox.Add(Message($"{i}")));
        }

        using var again = new Outbox(directory.FileNamed("messages.jsonl"));
        again.Messages.Select(message => message.Text).ShouldBe(Enumerable.Range(0, 500).Select(i => $"{i}"), ignoreOrder: true);
    }

    private static OutboxMessage Message(string text) =>
        new("sms", "+33639981234", text, Instant.FromUtc(2026, 11, 24, 8, 0), "confirmation", "69-K7Q2-9XM4");
}
