namespace Rdv.Tests.Concurrency;

/// <summary>Of something in the model: two steps that share no name of what is written may change places.</summary>
/// <param name="Of">An asterisk is all of that kind.</param>
/// <param name="Part">Of a day: its half-hours.</param>
internal readonly record struct Name(string Kind, string Of, ulong Part = ulong.MaxValue)
{
    public bool Meets(Name other) =>
        (Part & other.Part) != 0 && Kind == other.Kind && (Of == other.Of || Of == "*" || other.Of == "*");
}

/// <summary>What a step reads and writes of the model, by name.</summary>
internal sealed record Footprint(IReadOnlyList<Name> Reads, IReadOnlyList<Name> Writes)
{
    public bool Meets(Footprint other) => Meet(Writes, other.Writes) || Meet(Writes, other.Reads) || Meet(Reads, other.Writes);

    private static bool Meet(IReadOnlyList<Name> some, IReadOnlyList<Name> others)
    {
        foreach (var one in some)
        {
            foreach (var other in others)
            {
                if (one.Meets(other))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
