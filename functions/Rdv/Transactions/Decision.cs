namespace Rdv.Transactions;

/// <summary>What a use case decides from what it has read.</summary>
public abstract record Decision<T>
{
    private Decision()
    {
    }

    /// <summary>Nothing to write.</summary>
    public sealed record Answer(Result<T> Result) : Decision<T>;

    /// <summary>All of these rows or none; the value is the answer once they are written.</summary>
    public sealed record Write(IReadOnlyList<RowWrite> Rows, T Value) : Decision<T>;

    /// <summary>What was read does not go together: it was changed between two reads.</summary>
    public sealed record ReadAgain : Decision<T>;

#pragma warning disable CA2225 // A use case returns what it has; Answer is the other way to say it.
    public static implicit operator Decision<T>(T value) => new Answer(value);

    public static implicit operator Decision<T>(Refusal refusal) => new Answer(refusal);

    public static implicit operator Decision<T>(Result<T> result) => new Answer(result);
#pragma warning restore CA2225
}
