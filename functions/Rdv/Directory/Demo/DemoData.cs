namespace Rdv.Directory.Demo;

/// <summary>A small directory to try Rdv with. People, places and numbers are fictional.</summary>
public static class DemoData
{
    public static Stream OpenStructures() => Open("demo-structures.csv");

    /// <summary>The advisors of <see cref="OpenStructures"/>, which must be imported before.</summary>
    public static Stream OpenAdvisors() => Open("demo-advisors.csv");

    private static Stream Open(string name) => typeof(DemoData).Assembly.GetManifestResourceStream(name)!;
}
