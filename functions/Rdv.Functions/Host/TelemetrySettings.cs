using System.Data.Common;

namespace Rdv.Functions.Host;

/// <param name="Connection">Of Application Insights, with an identity in place of a key; null: nothing is exported.</param>
/// <param name="TracesPercent">How many traces of a hundred are exported; metrics always are.</param>
public sealed record TelemetrySettings(string? Connection, int TracesPercent)
{
    internal static bool IsConnection(string text)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = text };
            return parts.TryGetValue("InstrumentationKey", out var key) && Guid.TryParse((string)key, out _)
                && parts.TryGetValue("IngestionEndpoint", out var endpoint)
                && Uri.TryCreate((string)endpoint, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
