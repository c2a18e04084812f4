namespace Rdv.Azure.Sms;

/// <summary>How SMS leave. One of the two ways to reach the resource is given; without a connection string, the managed identity is used.</summary>
/// <param name="Endpoint">As <c>https://….communication.azure.com</c>.</param>
/// <param name="Sender">In France an alphanumeric sender, one way: at most 11 characters, with one letter at least.</param>
public sealed record SmsSettings(Uri? Endpoint, string? ConnectionString, string Sender)
{
    // A record would print the key.
    public override string ToString() => $"SMS from {Sender}";
}
