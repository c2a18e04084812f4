using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Rdv.Messages;
#if SMS_PACKAGE
using Azure.Core;
using Azure.Identity;
using Rdv.Azure.Sms;
#endif

namespace Rdv.Functions.Host;

/// <summary>What sends SMS in Azure. The SDK is in a build with <c>SmsPackage=true</c> only, which a publish is by default (docs/adr/0002).</summary>
internal static class SmsRegistration
{
    public static IServiceCollection AddSms(this IServiceCollection services, IConfiguration configuration) =>
#if SMS_PACKAGE
        services
            .AddSingleton(_ => Settings.ReadSms(configuration))
            .AddSingleton<TokenCredential>(new DefaultAzureCredential())
            .AddSingleton<ISmsGateway, AcsSmsGateway>();
#else
        services.AddSingleton<ISmsGateway, NoSmsGateway>();

    /// <summary>Sends nothing and says so: messages wait, then become calls to make, and the watchdog reports them.</summary>
    private sealed class NoSmsGateway : ISmsGateway
    {
        public Task<SendResult> SendAsync(OutgoingSms sms, CancellationToken cancellationToken) =>
            Task.FromResult<SendResult>(new SendResult.Unavailable("no-sms-package"));
    }
#endif
}
