using Rdv.Local.ServiceProcesses;

namespace Rdv.Local;

/// <summary>Every address of a run, as the banner and <c>run.json</c> name them.</summary>
/// <param name="Mail">The pages of the mail catcher; null when it does not run.</param>
public sealed record LocalAddresses(
    string Site, string Hotline, string Advisor, string Structure, string Dev, string Api, string? Mail, string Tables, int SmtpPort)
{
    internal static LocalAddresses Of(string site, LocalServices services) => new(
        $"{site}/",
        $"{site}/hotline",
        $"{site}/advisor",
        $"{site}/structure",
        $"{site}/dev",
        $"{site}/api",
        services.MailWebUrl?.ToString(),
        services.TableEndpoint.ToString(),
        services.SmtpPort);
}
