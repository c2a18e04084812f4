namespace Rdv.Tests.Concurrency;

/// <summary>A configuration of which the next steps are being tried, and why those that were tried led to nothing.</summary>
/// <param name="beside">The steps that are tried.</param>
/// <param name="before">Where there are steps that wait for one that depends on them: the configuration before the last of them.</param>
internal sealed class Frame(Configuration now, IReadOnlyList<int> beside, Step[] steps, Frame? before = null)
{
    private readonly List<int> _left = [.. beside];
    private Conflict _conflict = new();
    private int _number = -1;
    private Footprint _footprint = new([], []);
    private IEnumerator<Model>? _models;

    public Configuration Now => now;

    public IReadOnlyList<int> Beside => beside;

    public Conflict Conflict => _conflict;

    /// <returns>Null when nothing is left.</returns>
    public Configuration? Next()
    {
        while (true)
        {
            while (_models?.MoveNext() == true)
            {
                if (steps[_number].Required || !ReferenceEquals(_models.Current, now.Model))
                {
                    return now.With(_number, _models.Current, steps) with
                    {
                        Waiting = IsPutOff(_number) ? now.Waiting.RemoveAll(one => one.Footprint.Meets(_footprint)).Add((_number, _footprint)) : [],
                    };
                }
            }

            // That it cannot be now, or leads to nothing, depends on what it reads and writes.
            _conflict.Add(_footprint);
            if (!Choose())
            {
                return null;
            }

            _models = steps[_number].Apply(now.Model).GetEnumerator();
        }
    }

    /// <summary>Nothing came of what was next.</summary>
    public void Learn(Configuration next, Conflict conflict)
    {
        // Where steps wait for another, not everything was tried. And whoever begins later rules out what had ended before.
        if (next.Waiting.IsEmpty && now.Waiting.IsEmpty && !conflict.Meets(_footprint.Writes)
            && !beside.Any(other => steps[other].Ends < steps[_number].Begins))
        {
            // The step has no part in it: without it, there would be nothing either.
            (_conflict, _footprint, _models) = (conflict, new Footprint([], []), null);
            _left.Clear();
            return;
        }

        _conflict.Add(conflict);
    }

    private bool Choose()
    {
        for (var i = 0; i < _left.Count; i++)
        {
            var number = _left[i];
            var footprint = steps[number].Footprint(now.Model);
            var isPutOff = IsPutOff(number);
            if (now.Waiting.Exists(one => !one.Footprint.Meets(footprint) && (!isPutOff || one.Number > number)))
            {
                // What need not happen happens just before what depends on it, or not at all.
                _left.RemoveAt(i--);
            }
            else if (!isPutOff || IsOfUse(footprint))
            {
                _left.RemoveAt(i);
                (_number, _footprint) = (number, footprint);
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether something that was tried in vain depends on it.</summary>
    private bool IsOfUse(Footprint footprint) => _conflict.Meets(footprint.Writes) || before?.IsOfUse(footprint) == true;

    private bool IsPutOff(int number) => !steps[number].Required && steps[number].Ends == long.MaxValue;
}
