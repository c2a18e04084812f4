using System.Globalization;
using Microsoft.Extensions.Configuration;
using NodaTime;
using Rdv.Azure.Backups;
using Rdv.Azure.Mail;
using Rdv.Azure.Sms;
using Rdv.Azure.Tables;
using Rdv.Booking;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;

namespace Rdv.Functions.Host;

/// <summary>Reads the settings; those that are missing or wrong stop the start, which says the name of each (docs/operations.md).</summary>
internal static class Settings
{
    private const int MinutesInWeek = 7 * 24 * 60;
    private const int MostRequests = 100_000;

    /// <exception cref="SettingsException"/>
    public static RdvSettings Read(IConfiguration configuration) => SettingReader.Read(configuration, read =>
    {
        var defaults = new RdvSettings { HotlinePhone = "", SiteBaseUrl = "", MailFrom = "" };
        return new RdvSettings
        {
            HotlinePhone = read.Phone("Hotline:Phone"),
            HotlineHours = read.Text("Hotline:Hours", defaults.HotlineHours),
            HotlineCost = read.Text("Hotline:Cost", defaults.HotlineCost),
            LegalNotice = read.Text("Site:LegalNotice", defaults.LegalNotice),
            SiteBaseUrl = read.Site("Site:BaseUrl"),
            MailFrom = read.Mailbox("Smtp:From"),
            MinimumNotice = read.Minutes("Booking:MinimumNoticeMinutes", defaults.MinimumNotice, 0, MinutesInWeek),
            HorizonDays = read.Number("Booking:HorizonDays", defaults.HorizonDays, 1, 366),
            HoldDuration = read.Minutes("Booking:HoldMinutes", defaults.HoldDuration, 1, 60),
            SmsPerMinute = read.Number("Sms:PerMinute", defaults.SmsPerMinute, 1, int.MaxValue),
            SmsPerDay = read.Number("Sms:PerDay", defaults.SmsPerDay, 0, int.MaxValue),
            SmsPerPhoneAndDay = read.Number("Sms:PerPhoneAndDay", defaults.SmsPerPhoneAndDay, 1, int.MaxValue),
            AppointmentsPerPhone = read.Number("Booking:AppointmentsPerPhone", defaults.AppointmentsPerPhone, 1, int.MaxValue),
            WaitingTime = Duration.FromDays(read.Number("Waiting:Days", defaults.WaitingTime.Days, 1, 366)),
            PrivacyDays = read.Number("Privacy:Days", defaults.PrivacyDays, 1, 3660),
            WaitingPerPhone = read.Number("Waiting:PerPhone", defaults.WaitingPerPhone, 1, int.MaxValue),
            OfferDuration = read.Minutes("Waiting:OfferMinutes", defaults.OfferDuration, 5, MinutesInWeek),
        };
    });

    /// <exception cref="SettingsException"/>
    public static Secrets ReadSecrets(IConfiguration configuration) => SettingReader.Read(configuration, read =>
    {
        var (link, phone, feed) = (Keyring(read, "Link"), Keyring(read, "Phone"), Keyring(read, "Feed"));
        return link is null || phone is null || feed is null ? null : new Secrets(link, phone, feed);
    })!;

    /// <exception cref="SettingsException"/>
    public static SmtpSettings ReadSmtp(IConfiguration configuration) => SettingReader.Read(configuration, read =>
    {
        var user = read.Optional("Smtp:User");
        return new SmtpSettings(
            read.Required("Smtp:Host"),
            read.Number("Smtp:Port", 587, 1, 65_535),
            user,
            // Without it, mail would be tried without a sign-in.
            user is null ? read.Optional("Smtp:Password") : read.Required("Smtp:Password"),
            read.Mailbox("Smtp:From"),
            read.Text("Smtp:FromName", "Conseiller numérique"),
            read.Flag("Smtp:RequireTls", true));
    });

    /// <summary>The endpoint with the app's identity, or a connection string.</summary>
    /// <exception cref="SettingsException"/>
    public static SmsSettings ReadSms(IConfiguration configuration) => SettingReader.Read(configuration, read =>
    {
        var (endpoint, connection) = (read.Endpoint("Sms:Endpoint"), read.Optional("Sms:ConnectionString"));
        if (endpoint is null && connection is null)
        {
            read.Wrong("Sms:Endpoint", "is missing");
        }

        return new SmsSettings(endpoint, connection, read.Sender("Sms:Sender"));
    });

    /// <summary>The OpenID provider that staff sign in with beside Entra ID, when the platform has one.</summary>
    /// <exception cref="SettingsException"/>
    public static SignInSettings ReadSignIn(IConfiguration configuration) => SettingReader.Read(configuration, read =>
    {
        var adminRoleOnly = read.Flag("SignIn:AdminRoleOnly", false);
        if (read.Optional("SignIn:OpenIdName") is not { } name)
        {
            return new SignInSettings(AdminRoleOnly: adminRoleOnly);
        }

        if (name == "aad" || !name.All(char.IsAsciiLetterOrDigit))
        {
            read.Wrong("SignIn:OpenIdName", "is not letters and digits, or is the name of Entra ID");
        }

        // The platform's own, which it does not check: staff would meet its error page.
        read.Optional("OPENID_CLIENT_SECRET");
        var issuer = read.Required("SignIn:OpenIdIssuer");
        if (issuer.Length > 0 && !(Uri.TryCreate(issuer, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps))
        {
            read.Wrong("SignIn:OpenIdIssuer", "is not an https address");
        }

        return new SignInSettings(new OpenIdProvider(name, read.Text("SignIn:OpenIdLabel", name), issuer, read.Flag("SignIn:OpenIdVerifiesAddresses", false)), adminRoleOnly);
    });

    /// <summary>Where backups are kept: the endpoint with the app's identity, or a connection string. Without either there are none.</summary>
    /// <exception cref="SettingsException"/>
    public static BackupSettings ReadBackup(IConfiguration configuration) => SettingReader.Read(configuration, read =>
        new BackupSettings(read.Endpoint("Backup:Endpoint"), read.Optional("Backup:ConnectionString"), read.Container("Backup:Container", "backups")));

    /// <summary>What stands before the site.</summary>
    /// <exception cref="SettingsException"/>
    public static ProxySettings ReadProxy(IConfiguration configuration) => SettingReader.Read(configuration, read => new ProxySettings(read.Id("Proxy:FrontDoorId")));

    /// <summary>What one client may ask.</summary>
    /// <exception cref="SettingsException"/>
    public static LimitSettings ReadLimits(IConfiguration configuration) => SettingReader.Read(configuration, read =>
    {
        var defaults = new LimitSettings();
        return new LimitSettings
        {
            ReadsPerMinute = read.Number("Limits:ReadsPerMinute", defaults.ReadsPerMinute, 1, MostRequests),
            ReadBurst = read.Number("Limits:ReadBurst", defaults.ReadBurst, 1, MostRequests),
            WritesPerMinute = read.Number("Limits:WritesPerMinute", defaults.WritesPerMinute, 1, MostRequests),
            WriteBurst = read.Number("Limits:WriteBurst", defaults.WriteBurst, 1, MostRequests),
            StaffTimes = read.Number("Limits:StaffTimes", defaults.StaffTimes, 1, 1_000),
            WrongKeysPerMinute = read.Number("Limits:WrongKeysPerMinute", defaults.WrongKeysPerMinute, 1, 1_000),
            HoldsPerClient = read.Number("Limits:HoldsPerClient", defaults.HoldsPerClient, 1, 100),
            HoldsPerAddress = read.Number("Limits:HoldsPerAddress", defaults.HoldsPerAddress, 1, 1_000),
            MadePerDay = read.Number("Limits:MadePerDay", defaults.MadePerDay, 1, VisitorQuota.MostPerDay),
        };
    });

    /// <summary>Where telemetry goes; without an address nowhere.</summary>
    /// <exception cref="SettingsException"/>
    public static TelemetrySettings ReadTelemetry(IConfiguration configuration) => SettingReader.Read(configuration, read =>
    {
        var connection = read.Optional("APPLICATIONINSIGHTS_CONNECTION_STRING");
        if (connection is not null && !TelemetrySettings.IsConnection(connection))
        {
            read.Wrong("APPLICATIONINSIGHTS_CONNECTION_STRING", "is not a connection string of Application Insights");
        }

        return new TelemetrySettings(connection, read.Number("Telemetry:TracesPercent", 100, 0, 100));
    });

    /// <summary>Where the table is: the endpoint with the app's identity, or a connection string.</summary>
    /// <exception cref="SettingsException"/>
    public static TableSettings ReadTable(IConfiguration configuration) => SettingReader.Read(configuration, read =>
    {
        var (name, connection) = (read.Table("Tables:Name", "rdv"), read.Optional("Tables:ConnectionString"));
        if (connection is null)
        {
            read.Required("Tables:Endpoint");
        }

        return new TableSettings(read.Endpoint("Tables:Endpoint"), connection, name);
    });

    /// <summary><c>Keys:Link:1</c> … in base64; <c>Keys:Link:Current</c> names the one that new things are made with, the highest by default.</summary>
    private static Keyring? Keyring(SettingReader read, string use)
    {
        var section = read.Section("Keys:" + use);
        try
        {
            var keys = section.GetChildren()
                .Where(key => int.TryParse(key.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .ToDictionary(key => int.Parse(key.Key, CultureInfo.InvariantCulture), key => Convert.FromBase64String(key.Value ?? ""));
            return new Keyring(keys, section["Current"] is { Length: > 0 } current ? int.Parse(current, CultureInfo.InvariantCulture) : null);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            read.Wrong("Keys:" + use, "is missing or not what it should be: numbered keys of 16 bytes or more, in base64");
            return null;
        }
    }
}
