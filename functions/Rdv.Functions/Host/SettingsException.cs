namespace Rdv.Functions.Host;

/// <summary>Settings that are missing or wrong: the start stops, and the log names each of them.</summary>
public sealed class SettingsException : InvalidOperationException
{
    public SettingsException(IReadOnlyList<string> problems)
        : base(string.Join(' ', problems)) => Problems = problems;

    /// <summary>A sentence for each, which names the setting and never its value: it may be a secret.</summary>
    public IReadOnlyList<string> Problems { get; }
}
