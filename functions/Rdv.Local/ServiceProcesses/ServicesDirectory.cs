namespace Rdv.Local.ServiceProcesses;

internal static class ServicesDirectory
{
    /// <summary>The folder of launcher.mjs and its node_modules, which stay in the source tree: looked for upwards.</summary>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var services = Path.Combine(folder.FullName, "functions", "Rdv.Local", "services");
            if (File.Exists(Path.Combine(services, "launcher.mjs")))
            {
                return System.IO.Directory.Exists(Path.Combine(services, "node_modules"))
                    ? services
                    : throw new LocalServicesException($"{services} n'est pas installé : lancez « dotnet build functions/Rdv.Local ».");
            }
        }

        throw new LocalServicesException($"Le dossier functions/Rdv.Local/services est introuvable au-dessus de {AppContext.BaseDirectory}.");
    }
}
