using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using MimeKit;
using NodaTime;

namespace Rdv.Functions.Host;

/// <summary>Reads settings, and gathers what is wrong with them: whoever deploys corrects all of them at once.</summary>
internal sealed partial class SettingReader(IConfiguration configuration)
{
    // What the platform leaves where it could not read the vault.
    private const string VaultReference = "@Microsoft.KeyVault(";

    private readonly List<string> _problems = [];

    /// <summary>What was read, when nothing was wrong.</summary>
    /// <exception cref="SettingsException">Something was.</exception>
    public static T Read<T>(IConfiguration configuration, Func<SettingReader, T> read)
    {
        var reader = new SettingReader(configuration);
        var value = read(reader);
        return reader._problems.Count == 0 ? value : throw new SettingsException(reader._problems);
    }

    /// <returns>Null when it is not set.</returns>
    public string? Optional(string name)
    {
        if (configuration[name] is not { Length: > 0 } value)
        {
            return null;
        }

        if (value.StartsWith(VaultReference, StringComparison.OrdinalIgnoreCase))
        {
            Wrong(name, "is a reference to the vault that the platform could not resolve");
            return null;
        }

        return value;
    }

    public string Text(string name, string otherwise) => Optional(name) ?? otherwise;

    public string Required(string name)
    {
        var before = _problems.Count;
        var value = Optional(name);
        if (value is null && _problems.Count == before)
        {
            Wrong(name, "is missing");
        }

        return value ?? "";
    }

    public bool Flag(string name, bool otherwise)
    {
        if (Optional(name) is not { } text)
        {
            return otherwise;
        }

        if (bool.TryParse(text, out var flag))
        {
            return flag;
        }

        Wrong(name, "is neither true nor false");
        return otherwise;
    }

    public int Number(string name, int otherwise, int least, int most)
    {
        if (Optional(name) is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Wrong(name, string.Create(CultureInfo.InvariantCulture, $"is not a whole number from {least} to {most}"));
        return otherwise;
    }

    public Duration Minutes(string name, Duration otherwise, int least, int most) => Duration.FromMinutes(Number(name, (int)otherwise.TotalMinutes, least, most));

    /// <summary>Where people come in; without a slash at the end. Over http it would give away the key of a link: on this machine only.</summary>
    public string Site(string name)
    {
        var value = Required(name).TrimEnd('/');
        if (value.Length > 0 && !(Uri.TryCreate(value, UriKind.Absolute, out var address) && IsSafe(address) && address is { Query: "", Fragment: "", UserInfo: "" }))
        {
            Wrong(name, "is not an https address");
        }

        return value;
    }

    /// <returns>Null when it is not set.</returns>
    public Uri? Endpoint(string name)
    {
        if (Optional(name) is not { } value)
        {
            return null;
        }

        if (Uri.TryCreate(value, UriKind.Absolute, out var address) && IsSafe(address))
        {
            return address;
        }

        Wrong(name, "is not an https address");
        return null;
    }

    /// <returns>Null when it is not set.</returns>
    public Guid? Id(string name)
    {
        if (Optional(name) is not { } value)
        {
            return null;
        }

        if (Guid.TryParse(value, out var id))
        {
            return id;
        }

        Wrong(name, "is not an id of 32 hexadecimal digits");
        return null;
    }

    public string Mailbox(string name)
    {
        var value = Required(name);
        if (value.Length > 0 && !(MailboxAddress.TryParse(value, out var mailbox) && mailbox.Address == value && value.Contains('@', StringComparison.Ordinal)))
        {
            Wrong(name, "is not a mail address");
        }

        return value;
    }

    /// <summary>A number as people dial it, short ones included.</summary>
    public string Phone(string name)
    {
        var value = Required(name);
        if (value.Length > 0 && !Dialled().IsMatch(value))
        {
            Wrong(name, "is not a telephone number");
        }

        return value;
    }

    /// <summary>An alphanumeric sender, as France has them: 1 to 11 characters, a letter at least.</summary>
    public string Sender(string name)
    {
        var value = Required(name);
        if (value.Length > 0 && !(Alphanumeric().IsMatch(value) && value.Any(char.IsAsciiLetter)))
        {
            Wrong(name, "is not a sender of 1 to 11 letters and digits, with a letter at least");
        }

        return value;
    }

    /// <summary>The name of a table: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model</summary>
    public string Table(string name, string otherwise) => Named(name, otherwise, TableName(), "is not a name of a table: 3 to 63 letters and digits, a letter first");

    /// <summary>The name of a container of blobs: https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata</summary>
    public string Container(string name, string otherwise) =>
        Named(name, otherwise, ContainerName(), "is not a name of a container: 3 to 63 small letters and digits, with single hyphens between");

    private string Named(string name, string otherwise, Regex pattern, string what)
    {
        var value = Text(name, otherwise);
        if (!pattern.IsMatch(value))
        {
            Wrong(name, what);
        }

        return value;
    }

    /// <param name="what">What follows its name in a sentence.</param>
    public void Wrong(string name, string what) => _problems.Add($"The setting {name} {what}.");

    public IConfigurationSection Section(string name) => configuration.GetSection(name);

    private static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    [GeneratedRegex(@"^\+?[0-9][0-9 .()-]{1,24}$")]
    private static partial Regex Dialled();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}$")]
    private static partial Regex TableName();

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex ContainerName();

    [GeneratedRegex("^[A-Za-z0-9 ]{1,11}$")]
    private static partial Regex Alphanumeric();
}
