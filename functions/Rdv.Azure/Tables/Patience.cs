using Azure.Core;
using Azure.Core.Pipeline;

namespace Rdv.Azure.Tables;

/// <summary>
/// Lets the requests of one flow wait longer for an answer than a person may (<see cref="StorageOptions"/>): a service that skips over a whole table
/// to find the next partition may take minutes, and nobody waits for the copy by night.
/// </summary>
public sealed class Patience : HttpPipelineSynchronousPolicy
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(100);
    private static readonly AsyncLocal<bool> IsPatient = new();

    /// <summary>Holds from here on in the method that called it and in all that it calls, and ends with it.</summary>
    public static void Start() => IsPatient.Value = true;

    public override void OnSendingRequest(HttpMessage message)
    {
        if (IsPatient.Value)
        {
            message.NetworkTimeout = Limit;
        }
    }
}
