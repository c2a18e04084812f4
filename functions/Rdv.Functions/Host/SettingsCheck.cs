using Microsoft.Extensions.DependencyInjection;
using Rdv.Azure.Backups;
using Rdv.Azure.Mail;
using Rdv.Azure.Sms;
using Rdv.Azure.Tables;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;

namespace Rdv.Functions.Host;

/// <summary>
/// Reads all settings before anything starts: a wrong one of mail must not wait for the first mail. All that is wrong is said at once, for whoever
/// deploys.
/// </summary>
public static class SettingsCheck
{
    private static readonly Type[] Read =
    [
        typeof(RdvSettings), typeof(Secrets), typeof(SmtpSettings), typeof(SmsSettings), typeof(SignInSettings), typeof(BackupSettings), typeof(ProxySettings),
        typeof(LimitSettings), typeof(TelemetrySettings), typeof(RdvTable),
    ];

    /// <summary>Before the host starts: its services read settings when they are made, and the first would speak for all.</summary>
    /// <exception cref="SettingsException">With what is wrong of all of them.</exception>
    public static IServiceProvider CheckSettings(this IServiceProvider services)
    {
        var problems = new List<string>();
        foreach (var settings in Read)
        {
            try
            {
                // Null where this build has none: SMS need their package.
                services.GetService(settings);
            }
            catch (SettingsException exception)
            {
                problems.AddRange(exception.Problems);
            }
        }

        return problems.Count == 0 ? services : throw new SettingsException([.. problems.Distinct()]);
    }
}
