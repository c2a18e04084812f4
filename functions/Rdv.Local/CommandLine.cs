using Rdv.Local.HostileTables;

namespace Rdv.Local;

/// <summary>The options of the command line; see <see cref="Usage"/>.</summary>
internal static class CommandLine
{
    public const string Usage =
        """
        Utilisation : dotnet run --project functions/Rdv.Local -- [options]
          --urls http://127.0.0.1:7071   l'adresse d'écoute
          --data DOSSIER                 les données (par défaut : .rdv)
          --fresh                        efface d'abord les données
          --import FICHIER.csv           importe des structures
          --no-demo                      sans personnes ni lieux d'exemple
          --no-limits                    sans limites de débit, pour les essais de charge
          --hostile                      un stockage qui refuse et qui tarde comme celui d'Azure
        """;

    private const string DefaultDataDirectory = ".rdv";

    /// <exception cref="LocalStartException">An unknown option, or a value that is missing or wrong.</exception>
    public static LocalOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new LocalOptions { DataDirectory = DefaultDataDirectory, UsualPorts = true };
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = arguments[i].Split('=', 2) is [var left, var right] ? (left, right) : (arguments[i], null);
            options = name switch
            {
                "--urls" => options with { Url = UrlOf(Value()) },
                "--data" => options with { DataDirectory = Value() },
                "--import" => options with { Import = FileOf(Value()) },
                "--fresh" when value is null => options with { Fresh = true },
                "--no-demo" when value is null => options with { Demo = false },
                "--hostile" when value is null => options with { Hostility = Hostility.RefusesAndTarries },
                "--no-limits" when value is null => options with { Limits = false },
                _ => throw new LocalStartException($"Option inconnue : {arguments[i]}\n\n{Usage}"),
            };

            string Value()
            {
                value ??= i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal) ? arguments[++i] : null;
                return string.IsNullOrWhiteSpace(value)
                    ? throw new LocalStartException($"Il manque une valeur après {name}.\n\n{Usage}")
                    : value;
            }
        }

        return options;
    }

    private static Uri UrlOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp && url.PathAndQuery == "/"
            ? url
            : throw new LocalStartException($"--urls attend une adresse comme http://127.0.0.1:7071, pas « {text} ».");

    private static string FileOf(string path) =>
        File.Exists(path) ? Path.GetFullPath(path) : throw new LocalStartException($"Le fichier à importer est introuvable : {path}");
}
