using Rdv.Messages;

namespace Rdv.Tests.Infrastructure;

/// <summary>The mail server: recognises nothing, keeps everything in the order of arrival.</summary>
internal sealed class MailServer
{
    private readonly Lock _gate = new();
    private readonly List<OutgoingMail> _received = [];

    public IReadOnlyList<OutgoingMail> Received
    {
        get
        {
            lock (_gate)
            {
                return [.. _received];
            }
        }
    }

    /// <summary>An answer in place of a delivery.</summary>
    public Func<OutgoingMail, SendResult?>? Refuse { get; set; }

    /// <summary>The kinds of mail that one mailbox got; a mail that came twice counts once, as its readers count it.</summary>
    public string[] KindsTo(string advisor) =>
        [.. Received.Where(mail => mail.To == Directories.MailOf(advisor)).DistinctBy(mail => mail.MessageId).Select(mail => mail.Kind)];

    public SendResult Send(OutgoingMail mail)
    {
        lock (_gate)
        {
            if (Refuse?.Invoke(mail) is { } refused)
            {
                return refused;
            }

            _received.Add(mail);
            return new SendResult.Sent(null);
        }
    }
}
