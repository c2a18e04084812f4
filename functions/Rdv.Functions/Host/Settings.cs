using System.Globalization;
using Microsoft.Extensions.Configuration;
using NodaTime;
using Rdv.Azure.Backups;
using Rdv.Azure.Mail;
using Rdv.Azure.Sms;

namespace Rdv.Functions.Host;

/// <summary>Reads the settings; a missing or wrong one stops the start and says its name (docs/operations.md).</summary>
internal static class Settings
{
    public static RdvSettings Read(IConfiguration configuration)
    {
        var defaults = new RdvSettings { HotlinePhone = "", SiteBaseUrl = "", MailFrom = "" };
        return new RdvSettings
        {
            HotlinePhone = Required(configuration, "Hotline:Phone"),
            HotlineHours = Text(configuration, "Hotline:Hours", defaults.HotlineHours),
            HotlineCost = Text(configuration, "Hotline:Cost", defaults.HotlineCost),
            LegalNotice = Text(configuration, "Site:LegalNotice", defaults.LegalNotice),
            SiteBaseUrl = Required(configuration, "Site:BaseUrl").TrimEnd('/'),
            MailFrom = Required(configuration, "Smtp:From"),
            MinimumNotice = Duration.FromMinutes(Number(configuration, "Booking:MinimumNoticeMinutes", (int)defaults.MinimumNotice.TotalMinutes)),
            HorizonDays = Number(configuration, "Booking:HorizonDays", defaults.HorizonDays),
            HoldDuration = Duration.FromMinutes(Number(configuration, "Booking:HoldMinutes", (int)defaults.HoldDuration.TotalMinutes)),
            SmsPerMinute = Number(configuration, "Sms:PerMinute", defaults.SmsPerMinute),
            SmsPerDay = Number(configuration, "Sms:PerDay", defaults.SmsPerDay),
            SmsPerPhoneAndDay = Number(configuration, "Sms:PerPhoneAndDay", defaults.SmsPerPhoneAndDay),
            AppointmentsPerPhone = Number(configuration, "Booking:AppointmentsPerPhone", defaults.AppointmentsPerPhone),
            WaitingTime = Duration.FromDays(Number(configuration, "Waiting:Days", defaults.WaitingTime.Days)),
            PrivacyDays = Number(configuration, "Privacy:Days", defaults.PrivacyDays) is > 0 and var days
                ? days
                : throw new InvalidOperationException("The setting Privacy:Days is less than 1."),
            WaitingPerPhone = Number(configuration, "Waiting:PerPhone", defaults.WaitingPerPhone),
            OfferDuration = Duration.FromMinutes(Number(configuration, "Waiting:OfferMinutes", (int)defaults.OfferDuration.TotalMinutes)),
        };
    }

    public static Secrets ReadSecrets(IConfiguration configuration) =>
        new(Keyring(configuration, "Link"), Keyring(configuration, "Phone"), Keyring(configuration, "Feed"));

    public static SmtpSettings ReadSmtp(IConfiguration configuration) => new(
        Required(configuration, "Smtp:Host"),
        Number(configuration, "Smtp:Port", 587),
        configuration["Smtp:User"],
        configuration["Smtp:Password"],
        Required(configuration, "Smtp:From"),
        configuration["Smtp:FromName"] ?? "Conseiller numérique",
        !string.Equals(configuration["Smtp:RequireTls"], "false", StringComparison.OrdinalIgnoreCase));

    /// <summary>The endpoint with the app's identity, or a connection string.</summary>
    public static SmsSettings ReadSms(IConfiguration configuration) => new(
        configuration["Sms:Endpoint"] is { Length: > 0 } endpoint ? new Uri(endpoint) : null,
        configuration["Sms:ConnectionString"],
        Required(configuration, "Sms:Sender"));

    /// <summary>Where backups are kept: the endpoint with the app's identity, or a connection string. Without either there are none.</summary>
    public static BackupSettings ReadBackup(IConfiguration configuration) => new(
        configuration["Backup:Endpoint"] is { Length: > 0 } endpoint ? new Uri(endpoint) : null,
        configuration["Backup:ConnectionString"] is { Length: > 0 } connection ? connection : null,
        Text(configuration, "Backup:Container", "backups"));

    public static string Required(IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } value ? value : throw new InvalidOperationException($"The setting {name} is missing.");

    private static string Text(IConfiguration configuration, string name, string otherwise) => configuration[name] is { Length: > 0 } value ? value : otherwise;

    private static int Number(IConfiguration configuration, string name, int otherwise) => configuration[name] switch
    {
        null or "" => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new InvalidOperationException($"The setting {name} is not a number."),
    };

    /// <summary><c>Keys:Link:1</c> … in base64; <c>Keys:Link:Current</c> names the one that new things are made with, the highest by default.</summary>
    private static Keyring Keyring(IConfiguration configuration, string use)
    {
        var section = configuration.GetSection("Keys:" + use);
        try
        {
            var keys = section.GetChildren()
                .Where(key => int.TryParse(key.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .ToDictionary(key => int.Parse(key.Key, CultureInfo.InvariantCulture), key => Convert.FromBase64String(key.Value ?? ""));
            return new Keyring(keys, section["Current"] is { Length: > 0 } current ? int.Parse(current, CultureInfo.InvariantCulture) : null);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new InvalidOperationException($"The settings Keys:{use} are missing or not what they should be: numbered keys in base64.", exception);
        }
    }
}
