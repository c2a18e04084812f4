using NodaTime;
using NodaTime.Text;

namespace Rdv.Restore;

/// <summary>What a restore was asked for on the command line.</summary>
/// <param name="From">Address of the blobs that backups are kept in, or a connection string.</param>
/// <param name="To">Address of the tables, or a connection string.</param>
/// <param name="Table">The new table.</param>
/// <param name="Backup">A manifest; null for the newest.</param>
/// <param name="LostAt">When the old table was last written to, or when messages last left, if that is earlier.</param>
public sealed record RestoreArguments(string From, string Container, string To, string Table, string? Backup, Instant LostAt)
{
    public const string Usage = """
        Rdv.Restore --from <blobs> --list [--container backups]
        Rdv.Restore --from <blobs> --to <tables> --table <new table> --lost-at <instant> [--backup <manifest>] [--container backups]

          --from, --to   an address (https://….blob.core.windows.net, https://….table.core.windows.net), with who is signed in (az login);
                         or a connection string, for an emulator
          --table        a new table, or one that is empty
          --lost-at      when the old table was last written to, in UTC: 2026-11-27T14:05:00Z. What was due before does not leave again.
                         When messages had stopped leaving before that: since when they had
          --backup       a manifest as --list shows it; the newest by default
        """;

    /// <summary>Reads what <see cref="Usage"/> says.</summary>
    /// <exception cref="FormatException">It is something else; the message says what.</exception>
    public static RestoreArguments Read(IReadOnlyList<string> arguments)
    {
        var known = Options(arguments);
        return new RestoreArguments(
            Required(known, "--from"),
            known.GetValueOrDefault("--container") ?? "backups",
            Required(known, "--to"),
            Required(known, "--table"),
            known.GetValueOrDefault("--backup"),
            InstantPattern.ExtendedIso.Parse(Required(known, "--lost-at")) is { Success: true, Value: var at }
                ? at
                : throw new FormatException("--lost-at is no instant in UTC, as 2026-11-27T14:05:00Z."));
    }

    /// <returns>Where from, and the container, when backups are only to be listed; null otherwise.</returns>
    /// <exception cref="FormatException">See <see cref="Read"/>.</exception>
    public static (string From, string Container)? ReadList(IReadOnlyList<string> arguments)
    {
        if (!arguments.Contains("--list"))
        {
            return null;
        }

        var known = Options([.. arguments.Where(argument => argument != "--list")]);
        return (Required(known, "--from"), known.GetValueOrDefault("--container") ?? "backups");
    }

    private static Dictionary<string, string> Options(IReadOnlyList<string> arguments)
    {
        string[] names = ["--from", "--container", "--to", "--table", "--backup", "--lost-at"];
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (!names.Contains(arguments[i]) || i + 1 == arguments.Count || !known.TryAdd(arguments[i], arguments[i + 1]))
            {
                throw new FormatException($"{arguments[i]} is no option, has no value, or is there twice.");
            }
        }

        return known;
    }

    private static string Required(Dictionary<string, string> known, string name) =>
        known.GetValueOrDefault(name) is { Length: > 0 } value ? value : throw new FormatException($"{name} is missing.");
}
