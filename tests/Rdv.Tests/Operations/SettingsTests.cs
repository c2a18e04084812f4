using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Rdv.Functions.Host;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Operations;

/// <summary>A wrong setting stops the start, whoever would have used it first; all that is wrong is named at once, and no value is.</summary>
public sealed class SettingsTests
{
    private static readonly Dictionary<string, string?> Right = new()
    {
        ["Hotline:Phone"] = "01 99 00 12 34",
        ["Site:BaseUrl"] = "https://rdv.example",
        ["Smtp:Host"] = "smtp.example",
        ["Smtp:From"] = "rdv@conseillers.example",
        ["Tables:Endpoint"] = "https://rdv.table.core.windows.net",
        ["Keys:Link:1"] = Convert.ToBase64String(new byte[32]),
        ["Keys:Phone:1"] = Convert.ToBase64String(new byte[32]),
        ["Keys:Feed:1"] = Convert.ToBase64String(new byte[32]),
    };

    [Fact]
    public void What_is_right_starts() => Check(Right);

    [Theory]
    [InlineData("Hotline:Phone", null, "is missing")]
    [InlineData("Hotline:Phone", "appelez-nous", "is not a telephone number")]
    [InlineData("Site:BaseUrl", "http://rdv.example", "is not an https address")]
    [InlineData("Site:BaseUrl", "rdv.example", "is not an https address")]
    [InlineData("Site:BaseUrl", "https://rdv.example?a=b", "is not an https address")]
    [InlineData("Smtp:From", "Rdv <rdv@conseillers.example>", "is not a mail address")]
    [InlineData("Smtp:From", "rdv", "is not a mail address")]
    [InlineData("Smtp:Port", "70000", "is not a whole number from 1 to 65535")]
    [InlineData("Smtp:Port", "cinq", "is not a whole number from 1 to 65535")]
    [InlineData("Smtp:Password", "@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/smtp-password)", "is a reference to the vault that the platform could not resolve")]
    [InlineData("Smtp:Host", "@microsoft.keyvault(VaultName=v;SecretName=s)", "is a reference to the vault that the platform could not resolve")]
    [InlineData("Smtp:User", "rdv", "Smtp:Password is missing")]
    [InlineData("Smtp:RequireTls", "oui", "is neither true nor false")]
    [InlineData("Tables:Name", "rdv-2", "is not a name of a table")]
    [InlineData("Tables:Name", "@Microsoft.KeyVault(VaultName=v;SecretName=s)", "is a reference to the vault that the platform could not resolve")]
    [InlineData("Backup:Container", "Backups", "is not a name of a container")]
    [InlineData("Booking:HorizonDays", "0", "is not a whole number from 1 to 366")]
    [InlineData("Booking:HoldMinutes", "-5", "is not a whole number from 1 to 60")]
    [InlineData("Privacy:Days", "0", "is not a whole number from 1 to 3660")]
    [InlineData("Proxy:FrontDoorId", "rdv.azurefd.net", "is not an id of 32 hexadecimal digits")]
    [InlineData("Proxy:FrontDoorId", "0d3f1b52-6c1a-4f0e-9c58", "is not an id of 32 hexadecimal digits")]
    [InlineData("Proxy:FrontDoorId", "@Microsoft.KeyVault(VaultName=v;SecretName=front-door)", "is a reference to the vault that the platform could not resolve")]
    [InlineData("Limits:ReadsPerMinute", "0", "is not a whole number from 1 to 100000")]
    [InlineData("Limits:WriteBurst", "vingt", "is not a whole number from 1 to 100000")]
    [InlineData("Limits:WrongKeysPerMinute", "-1", "is not a whole number from 1 to 1000")]
    [InlineData("Limits:MadePerDay", "801", "is not a whole number from 1 to 800")]
    [InlineData("Limits:HoldsPerClient", "2.5", "is not a whole number from 1 to 100")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=abc", "is not a connection string of Application Insights")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=http://dc.example", "is not a connection string of Application Insights")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/insights)", "is a reference to the vault that the platform could not resolve")]
    [InlineData("Telemetry:TracesPercent", "101", "is not a whole number from 0 to 100")]
    [InlineData("Tables:Endpoint", null, "is missing")]
    [InlineData("Tables:Endpoint", "http://rdv.table.core.windows.net", "is not an https address")]
    [InlineData("Keys:Link:1", "dG9vIHNob3J0", "is missing or not what it should be")]
    [InlineData("Keys:Phone:1", "@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/keys-phone-1)", "is missing or not what it should be")]
    [InlineData("Keys:Feed:Current", "7", "is missing or not what it should be")]
    public void What_is_wrong_stops_the_start_and_is_named_without_its_value(string name, string? value, string what)
    {
        var thrown = Should.Throw<SettingsException>(() => Check(new Dictionary<string, string?>(Right) { [name] = value }));
        var named = what.Contains(':', StringComparison.Ordinal) ? "" : (name.StartsWith("Keys:", StringComparison.Ordinal) ? name[..name.LastIndexOf(':')] : name) + " ";
        thrown.Problems.ShouldHaveSingleItem().ShouldStartWith($"The setting {named}{what}");
        if (value is { Length: > 3 })
        {
            thrown.Message.ShouldNotContain(value);
        }
    }

    /// <summary>The platform uses it, and says nothing to us.</summary>
    [Fact]
    public void A_secret_of_the_sign_in_that_the_vault_does_not_give_stops_the_start() =>
        Should.Throw<SettingsException>(() => Check(new Dictionary<string, string?>(Right)
        {
            ["SignIn:OpenIdName"] = "proconnect",
            ["SignIn:OpenIdIssuer"] = "https://proconnect.example.fr/api/v2",
            ["SignIn:OpenIdVerifiesAddresses"] = "peut-être",
            ["OPENID_CLIENT_SECRET"] = "@Microsoft.KeyVault(VaultName=v;SecretName=openid-client-secret)",
        })).Problems.Count.ShouldBe(2);

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var thrown = Should.Throw<SettingsException>(() => Check([]));
        foreach (var name in Right.Keys)
        {
            thrown.Message.ShouldContain(name.StartsWith("Keys:", StringComparison.Ordinal) ? name[..name.LastIndexOf(':')] : name);
        }
    }

    /// <summary>This machine is not the network: a demonstration has no certificate.</summary>
    [Theory]
    [InlineData("http://127.0.0.1:7071")]
    [InlineData("http://localhost:7071/")]
    public void Over_http_the_site_is_on_this_machine_only(string address) => Check(new Dictionary<string, string?>(Right) { ["Site:BaseUrl"] = address });

    private static void Check(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        using var services = new ServiceCollection().AddLogging().AddRdv(configuration).AddSingleton<IConfiguration>(configuration).BuildServiceProvider();
        services.CheckSettings();
    }
}
