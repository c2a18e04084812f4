using Azure.Core;
using Azure.Core.Pipeline;

namespace Rdv.Azure.Transactions;

/// <summary>
/// Counts how often the client has sent a request, its own retries included: a condition that did not hold at the first sending is a
/// conflict; at a later one, the first may have been written and its answer lost.
/// </summary>
public sealed class SendCount : HttpPipelineSynchronousPolicy
{
    private static readonly AsyncLocal<Counter?> Current = new();

    /// <summary>Counts what is sent from here on in this flow of execution.</summary>
    internal static Counter Start() => Current.Value = new Counter();

    public override void OnSendingRequest(HttpMessage message)
    {
        if (Current.Value is { } counter)
        {
            counter.Sent++;
        }
    }

    internal sealed class Counter
    {
        /// <summary>0 where the client was made without this policy.</summary>
        public int Sent { get; set; }
    }
}
