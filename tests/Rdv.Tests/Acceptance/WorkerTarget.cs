using System.Net.Http.Headers;
using System.Text.Json;
using Rdv.Tests.WorkerHost;
using Xunit;

namespace Rdv.Tests.Acceptance;

/// <summary>The published worker under the host of the tests; staff come with the header of the platform's sign-in.</summary>
public sealed class WorkerTarget(WorkerUnderTest worker) : Target
{
    public override void SignIn(HttpRequestHeaders headers, string persona) => headers.Add(
        "X-MS-CLIENT-PRINCIPAL",
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(
            new { auth_typ = "aad", role_typ = "roles", claims = new[] { new { typ = "roles", val = persona } } })));

    protected override async Task<Uri> StartAsync(CancellationToken cancellationToken) =>
        (await worker.StartedAsync().WaitAsync(cancellationToken)).BaseUrl;
}

[CollectionDefinition(Name)]
public sealed class UnderTheWorker : ICollectionFixture<WorkerTarget>
{
    public const string Name = "acceptance under the worker";
}

[Collection(UnderTheWorker.Name)]
public sealed class WorkerBookingTests(WorkerTarget target) : BookingJourneys(target);

[Collection(UnderTheWorker.Name)]
public sealed class WorkerPageTests(WorkerTarget target) : PageJourneys(target);

[Collection(UnderTheWorker.Name)]
public sealed class WorkerStaffTests(WorkerTarget target) : StaffJourneys(target);

[Collection(UnderTheWorker.Name)]
public sealed class WorkerImportTests(WorkerTarget target) : ImportJourneys(target);

[Collection(UnderTheWorker.Name)]
public sealed class WorkerBadInputTests(WorkerTarget target) : BadInputJourneys(target);

[Collection(UnderTheWorker.Name)]
public sealed class WorkerEdgeTests(WorkerTarget target) : EdgeJourneys(target);
