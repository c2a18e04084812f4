using System.Net;
using System.Net.Http.Headers;
using Rdv.Tests.Infrastructure;
using Xunit;

namespace Rdv.Tests.Acceptance;

/// <summary>A running product, known by its address. It starts once; places and advisors come in by the import, as in a real deployment.</summary>
public abstract class Target : IAsyncLifetime
{
    public Uri BaseUrl { get; private set; } = null!;

    /// <summary>Whether there is an identity that is an administrator.</summary>
    public virtual bool HasStaff => true;

    /// <summary>Whether the identity can be any member of the staff.</summary>
    public virtual bool HasEveryPersona => true;

    /// <summary>Whether <c>/admin/functions</c> runs timers.</summary>
    public virtual bool RunsTimers => true;

    /// <summary>Whether visitors come from addresses of their own, so that none uses up the limits of another.</summary>
    protected virtual bool TellsAddressesApart => true;

    public async ValueTask InitializeAsync()
    {
        BaseUrl = await StartAsync(TestContext.Current.CancellationToken);
        if (HasStaff)
        {
            using var administrator = Visit();
            await Ground.ImportAsync(administrator);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes a request one of staff: <c>admin</c>, <c>hotline</c>, <c>advisor:69/id</c>.</summary>
    public abstract void SignIn(HttpRequestHeaders headers, string persona);

    /// <summary>What the host itself asks of whoever runs a timer.</summary>
    public virtual void Authorize(HttpRequestHeaders headers)
    {
    }

    /// <summary>Someone new, with limits of their own where the target can tell.</summary>
    public Visitor Visit() => new(this, LoopbackClient.From(TellsAddressesApart ? LoopbackAddress.Next() : null), patient: !TellsAddressesApart);

    /// <returns>The address.</returns>
    protected abstract Task<Uri> StartAsync(CancellationToken cancellationToken);

    protected virtual Task StopAsync() => Task.CompletedTask;

    private static class LoopbackAddress
    {
        private static int _last;

        public static IPAddress Next()
        {
            var number = Interlocked.Increment(ref _last);
            return new IPAddress([127, 9, (byte)(number / 250), (byte)((number % 250) + 1)]);
        }
    }
}
