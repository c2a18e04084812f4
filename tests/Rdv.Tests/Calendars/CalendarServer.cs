using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Rdv.Azure.Calendars;

namespace Rdv.Tests.Calendars;

/// <summary>A server that publishes calendars over https on this machine, with a certificate that nobody but the test trusts.</summary>
internal sealed class CalendarServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;
    private readonly ConcurrentQueue<string> _asked = new();

    private CalendarServer(WebApplication app, X509Certificate2 certificate) => (_app, _certificate) = (app, certificate);

    /// <summary>What it answers; by default the text of <see cref="Calendar"/>.</summary>
    public Func<HttpContext, Task>? Answer { get; set; }

    /// <summary>What it publishes, with a tag; 304 to whoever has it.</summary>
    public string Calendar { get; set; } = CalendarFiles.Wrap("Google", "");

    /// <summary>The paths that were asked for, with what the asker said that it had: <c>/a.ics "1"</c>.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    public int Port => new Uri(_app.Urls.First()).Port;

    public string Address => $"https://127.0.0.1:{Port}/secret-6f1d/agenda-de-camille.ics";

    /// <summary>This machine, which the product never allows.</summary>
    public CalendarNetwork Network => new(IPAddress.IsLoopback, _ => true)
    {
        Patience = TimeSpan.FromSeconds(5),
        Trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { _certificate }, RevocationMode = X509RevocationMode.NoCheck },
    };

    public static async Task<CalendarServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var certificate = Draw();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var app = builder.Build();
        var server = new CalendarServer(app, certificate);
        app.Run(server.RunAsync);
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task RunAsync(HttpContext context)
    {
        _asked.Enqueue(context.Request.Path + (context.Request.Headers.IfNoneMatch.ToString() is { Length: > 0 } tag ? " " + tag : ""));
        if (Answer is { } answer)
        {
            await answer(context);
            return;
        }

        var known = $"\"{Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Calendar)))[..8]}\"";
        context.Response.Headers.ETag = known;
        if (context.Request.Headers.IfNoneMatch == known)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = "text/calendar; charset=utf-8";
        await context.Response.WriteAsync(Calendar);
    }

    private static X509Certificate2 Draw()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=agenda.example", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var drawn = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return X509CertificateLoader.LoadPkcs12(drawn.Export(X509ContentType.Pkcs12), null);
    }
}
