namespace Rdv.Transactions;

/// <summary>One row of a transaction, and on what condition it is written. When one condition does not hold, no row is written.</summary>
public abstract record RowWrite
{
    private RowWrite(IRow row) => Row = row;

    public IRow Row { get; }

    /// <summary>Fails when the row is there.</summary>
    public sealed record Insert(IRow Row) : RowWrite(Row);

    /// <summary>Whatever is there. Of a row type that is only a part of a row, the rest stays.</summary>
    public sealed record Put(IRow Row) : RowWrite(Row);

    /// <summary>Fails when the row has changed since it was read, or is not there.</summary>
    /// <param name="ETag">Null for whatever version.</param>
    public sealed record Replace(IRow Row, string? ETag) : RowWrite(Row);

    /// <summary>Writes its columns and leaves the others. Fails when the row has changed since it was read.</summary>
    /// <param name="ETag">Null when there was none: fails when there is one.</param>
    public sealed record Merge(IRow Row, string? ETag) : RowWrite(Row);

    /// <summary>Fails when the row has changed since it was read, or is not there.</summary>
    /// <param name="ETag">Null for whatever version.</param>
    public sealed record Delete(IRow Row, string? ETag = null) : RowWrite(Row);
}
