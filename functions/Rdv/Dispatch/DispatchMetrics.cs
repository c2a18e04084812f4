using NodaTime;
using Rdv.Messages;

namespace Rdv.Dispatch;

/// <summary>The words of the dispatch in <see cref="RdvMetrics"/> and in spans.</summary>
internal static class DispatchMetrics
{
    public static string ToTag(this Channel channel) => channel switch
    {
        Channel.Sms => "sms",
        Channel.Mail => "mail",
        _ => "chore",
    };

    public static void Settled(this RdvMetrics metrics, DueMessage message, MessageState state) => metrics.Settled(
        message.Channel.ToTag(),
        MessageKinds.Base(message.Kind),
        state switch
        {
            MessageState.Sent => "sent",
            MessageState.Failed => "failed",
            MessageState.Late => "late",
            MessageState.Superseded => "superseded",
            _ => "unknown",
        });

    public static void Backlog(this RdvMetrics metrics, Channel channel, Heartbeat beat) =>
        metrics.Backlog(channel.ToTag(), beat.Oldest is { } oldest ? beat.At - oldest : Duration.Zero);
}
