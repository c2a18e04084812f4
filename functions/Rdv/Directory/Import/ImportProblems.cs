namespace Rdv.Directory.Import;

/// <summary>Collects the problems of a file. A hopeless file must not make an answer of a million messages.</summary>
public sealed class ImportProblems
{
    public const int Max = 10_000;

    private readonly List<ImportProblem> _problems = [];
    private int _left;

    internal void Warn(CsvLine line, string? column, string message) => Add(line, column, message, ImportSeverity.Warning);

    /// <summary>Refuses the line.</summary>
    internal void Refuse(CsvLine line, string? column, string message)
    {
        line.IsRefused = true;
        Add(line, column, message, ImportSeverity.Error);
    }

    internal IReadOnlyList<ImportProblem> ToList()
    {
        var sorted = _problems.OrderBy(problem => problem.Line).ToList();
        if (_left > 0)
        {
            sorted.Add(new ImportProblem(sorted[^1].Line, null, $"Il y a {_left} autres remarques, qui ne sont pas montrées.", ImportSeverity.Warning));
        }

        return sorted;
    }

    private void Add(CsvLine line, string? column, string message, ImportSeverity severity)
    {
        if (_problems.Count < Max)
        {
            _problems.Add(new ImportProblem(line.Number, column, message, severity));
        }
        else
        {
            _left++;
        }
    }
}
