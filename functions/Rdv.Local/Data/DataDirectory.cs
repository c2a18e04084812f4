namespace Rdv.Local.Data;

/// <summary>The directory of one local installation: everything that outlives a run, under names of ours only.</summary>
internal sealed class DataDirectory
{
    private const string Marker = ".rdv-data";

    // The first two are the supervisor's, which empties them itself.
    private static readonly string[] OurNames =
    [
        "azurite", "mail", "services.json",
        "clock.json", "messages.jsonl", "run.json", "secrets.json", "timers.json",
    ];

    private static readonly string[] Emptied = ["clock.json", "messages.jsonl", "run.json", "secrets.json", "timers.json"];

    private DataDirectory(string path) => Path = path;

    public string Path { get; }

    public string ClockFile => FileNamed("clock.json");

    public string MessagesFile => FileNamed("messages.jsonl");

    public string RunFile => FileNamed("run.json");

    public string SecretsFile => FileNamed("secrets.json");

    public string TimersFile => FileNamed("timers.json");

    /// <exception cref="LocalStartException">It holds files that look like ours but were not made here.</exception>
    public static DataDirectory Open(string path)
    {
        var directory = new DataDirectory(System.IO.Path.GetFullPath(path));
        var marker = directory.FileNamed(Marker);
        if (File.Exists(directory.Path))
        {
            throw new LocalStartException($"{directory.Path} n'est pas un dossier.");
        }

        System.IO.Directory.CreateDirectory(directory.Path);
        if (!File.Exists(marker))
        {
            var foreign = OurNames.FirstOrDefault(name => System.IO.Path.Exists(directory.FileNamed(name)));
            if (foreign is not null)
            {
                throw new LocalStartException(
                    $"{directory.Path} contient déjà « {foreign} », qui ne vient pas de Rdv.Local : choisissez un autre dossier avec --data.");
            }

            File.WriteAllText(marker, "Les données de Rdv.Local. « --fresh » efface ce dossier, sauf ce qui n'en vient pas.\n");
        }

        return directory;
    }

    /// <summary>Deletes what this process keeps; the supervisor deletes its own. Foreign files stay.</summary>
    public void Empty()
    {
        foreach (var name in Emptied)
        {
            File.Delete(FileNamed(name));
        }
    }

    private string FileNamed(string name) => System.IO.Path.Combine(Path, name);
}
