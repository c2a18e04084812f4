using System.Net.Http.Headers;

namespace Rdv.Tests.Acceptance;

/// <summary>
/// Whatever <c>RDV_BASE_URL</c> names. <c>RDV_STAFF_HEADER</c> (<c>name: value</c>) makes a request one of an administrator; without it,
/// nothing that needs a place of its own runs. <c>RDV_HOST_KEY</c> is the key with which the host runs a timer.
/// </summary>
public sealed class NamedTarget : Target
{
    private static readonly string? Address = Environment.GetEnvironmentVariable("RDV_BASE_URL");
    private static readonly string? HostKey = Environment.GetEnvironmentVariable("RDV_HOST_KEY");
    private static readonly string[]? StaffHeader = Environment.GetEnvironmentVariable("RDV_STAFF_HEADER")?.Split(':', 2, StringSplitOptions.TrimEntries);

    public override bool HasStaff => StaffHeader is { Length: 2 };

    public override bool HasEveryPersona => false;

    public override bool RunsTimers => !string.IsNullOrEmpty(HostKey);

    protected override bool TellsAddressesApart => false;

    public override void SignIn(HttpRequestHeaders headers, string persona) => headers.Add(StaffHeader![0], StaffHeader[1]);

    public override void Authorize(HttpRequestHeaders headers) => headers.Add("x-functions-key", HostKey);

    protected override Task<Uri> StartAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new Uri(Address ?? throw new InvalidOperationException("RDV_BASE_URL names no address."), UriKind.Absolute));
}
