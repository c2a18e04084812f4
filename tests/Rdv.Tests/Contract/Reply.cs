using System.Text.Json;
using Rdv.Tests.WorkerHost;

namespace Rdv.Tests.Contract;

/// <summary>An answer, read whole.</summary>
public sealed record Reply(int Status, string? MediaType, byte[] Bytes, HttpResponseMessage Response)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement.Clone();

    /// <summary>The code of a problem; null for any other answer.</summary>
    public string? Code => MediaType == "application/problem+json" ? Json.GetProperty("code").GetString() : null;

    public string? Header(string name) => Response.Headers.TryGetValues(name, out var values) || Response.Content.Headers.TryGetValues(name, out values) ? string.Join(",", values) : null;

    public override string ToString() => $"{Status} {Text}{Header(FunctionInvoker.FailureHeader)}";
}
