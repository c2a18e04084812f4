using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Rdv.Local;
using Rdv.Local.Staff;
using Xunit;

namespace Rdv.Tests.Acceptance;

/// <summary>Rdv.Local in this process, without its sample people.</summary>
public sealed class LocalTarget : Target
{
    private LocalApp? _app;

    public override void SignIn(HttpRequestHeaders headers, string persona) => headers.Add(LocalStaffIdentity.Header, persona);

    protected override async Task<Uri> StartAsync(CancellationToken cancellationToken)
    {
        _app = await LocalApp.StartAsync(
            new LocalOptions { Url = new Uri("http://127.0.0.1:0"), Demo = false }, services => services.RemoveAll<ILoggerProvider>(), cancellationToken);
        return _app.BaseUrl;
    }

    protected override async Task StopAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }
}

[CollectionDefinition(Name)]
public sealed class UnderLocal : ICollectionFixture<LocalTarget>
{
    public const string Name = "acceptance under Rdv.Local";
}

[Collection(UnderLocal.Name)]
public sealed class LocalBookingTests(LocalTarget target) : BookingJourneys(target);

[Collection(UnderLocal.Name)]
public sealed class LocalPageTests(LocalTarget target) : PageJourneys(target);

[Collection(UnderLocal.Name)]
public sealed class LocalStaffTests(LocalTarget target) : StaffJourneys(target);

[Collection(UnderLocal.Name)]
public sealed class LocalImportTests(LocalTarget target) : ImportJourneys(target);

[Collection(UnderLocal.Name)]
public sealed class LocalBadInputTests(LocalTarget target) : BadInputJourneys(target);

[Collection(UnderLocal.Name)]
public sealed class LocalEdgeTests(LocalTarget target) : EdgeJourneys(target);
