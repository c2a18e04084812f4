namespace Rdv.Directory.Import;

public enum ImportSeverity
{
    /// <summary>The line was taken; something in it was left out or completed.</summary>
    Warning,

    /// <summary>The line was refused.</summary>
    Error,
}

/// <param name="Line">The line of the file on which the record starts; the header is line 1.</param>
/// <param name="Column">Null when the whole line is meant.</param>
/// <param name="Message">In French.</param>
public sealed record ImportProblem(int Line, string? Column, string Message, ImportSeverity Severity);

/// <summary>What an import did, or would do. Each record of the file counts once among the four last numbers.</summary>
/// <param name="Lines">The records under the header.</param>
/// <param name="Problems">By line; at most <see cref="ImportProblems.Max"/>, then one that says how many more there are.</param>
public sealed record ImportReport(int Lines, int Created, int Updated, int Unchanged, int Refused, IReadOnlyList<ImportProblem> Problems);
