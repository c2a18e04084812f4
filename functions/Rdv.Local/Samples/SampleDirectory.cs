namespace Rdv.Local.Samples;

/// <summary>A small directory to try Rdv with. People, places and numbers are fictional.</summary>
internal static class SampleDirectory
{
    public static Stream OpenStructures() => Open("sample-structures.csv");

    /// <summary>The advisors of <see cref="OpenStructures"/>, which must be imported before.</summary>
    public static Stream OpenAdvisors() => Open("sample-advisors.csv");

    /// <summary>Who works with them, which must be imported after.</summary>
    public static Stream OpenStaff() => Open("sample-staff.csv");

    private static Stream Open(string name) => typeof(SampleDirectory).Assembly.GetManifestResourceStream(name)!;
}
