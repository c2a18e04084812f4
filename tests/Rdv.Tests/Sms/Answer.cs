using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace Rdv.Tests.Sms;

/// <summary>An answer of a provider: a status and perhaps a header.</summary>
internal sealed class Answer(int status, string? header = null, string? value = null) : Response
{
    public override int Status => status;

    public override string ReasonPhrase => "";

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = "";

    public override void Dispose()
    {
    }

    protected override bool ContainsHeader(string name) => string.Equals(name, header, StringComparison.OrdinalIgnoreCase);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => header is null ? [] : [new HttpHeader(header, value!)];

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? found)
    {
        found = ContainsHeader(name) ? value : null;
        return found is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var found) ? [found] : null;
        return values is not null;
    }
}
