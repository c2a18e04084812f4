using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Dispatch;
using Rdv.Functions.Host;
using Rdv.Functions.Operations;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Http;

/// <summary>Storage takes every connection and answers none: nobody waits longer than the contract says.</summary>
public sealed class DeadlineTests : IAsyncLifetime
{
    private static readonly TimeSpan OfACall = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan OfHealth = TimeSpan.FromSeconds(5);
    private readonly TcpListener _storage = new(IPAddress.Loopback, 0);
    private ServiceProvider _product = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _storage.Start();
        var key = Convert.ToBase64String(new byte[32]);
        var port = ((IPEndPoint)_storage.LocalEndpoint).Port;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Tables:ConnectionString"] = $"DefaultEndpointsProtocol=http;AccountName=silent;AccountKey={key};TableEndpoint=http://127.0.0.1:{port}/silent;",
            ["Site:BaseUrl"] = "https://rdv.example",
            ["Hotline:Phone"] = "01 99 00 12 34",
            ["Smtp:Host"] = "127.0.0.1",
            ["Smtp:From"] = "rdv@conseillers.example",
            ["Keys:Link:1"] = key,
            ["Keys:Phone:1"] = key,
            ["Keys:Feed:1"] = key,
        }).Build();
        _product = new ServiceCollection().AddLogging().AddRdv(configuration).BuildServiceProvider();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _storage.Stop();
        await _product.DisposeAsync();
    }

    [Fact]
    public async Task A_search_that_storage_does_not_answer_has_failed_in_time() =>
        (await DurationOfAsync(() => Should.ThrowAsync<StorageUnavailableException>(
            () => _product.GetRequiredService<SearchSlots>().ExecuteAsync(new SlotSearch(Territory.Parse("69"), "premiers-pas", null), Token)))).ShouldBeLessThan(OfACall);

    [Fact]
    public async Task A_cancellation_that_storage_does_not_answer_has_done_nothing_in_time()
    {
        var reference = AppointmentReference.Derive(Territory.Parse("69"), "0123456789abcdef0123456789abcdef");
        (await DurationOfAsync(() => Should.ThrowAsync<StorageUnavailableException>(
            () => _product.GetRequiredService<CancelAppointment>().ExecuteAsync(reference, new Access.ByStaff(Actor.Hotline), null, Token)))).ShouldBeLessThan(OfACall);
    }

    [Fact]
    public async Task Health_says_within_five_seconds_that_storage_does_not_answer()
    {
        var health = new Health(_product.GetRequiredService<HealthReport>());
        IResult? answer = null;
        (await DurationOfAsync(async () => answer = await health.RunAsync(new DefaultHttpContext().Request, Token))).ShouldBeLessThan(OfHealth);
        (await Answers.ExecuteAsync(answer.ShouldNotBeNull())).Status.ShouldBe(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<TimeSpan> DurationOfAsync(Func<Task> run)
    {
        var watch = Stopwatch.StartNew();
        await run();
        return watch.Elapsed;
    }
}
