using Azure;
using Azure.Data.Tables;

namespace Rdv.Benchmarks.Storage;

/// <summary>A range query as the product asked it.</summary>
internal sealed record RecordedQuery(string? Filter, IReadOnlyList<string>? Select);

/// <summary>Remembers the last query and the last transaction that went through it, so that the floor can send the very same.</summary>
internal sealed class RecordingTableClient(string connectionString, string name, TableClientOptions options) : TableClient(connectionString, name, options)
{
    public RecordedQuery? Query { get; private set; }

    public IReadOnlyList<TableTransactionAction>? Transaction { get; private set; }

    public void Forget()
    {
        Query = null;
        Transaction = null;
    }

    public override AsyncPageable<T> QueryAsync<T>(
        string filter = null!, int? maxPerPage = null, IEnumerable<string> select = null!, CancellationToken cancellationToken = default)
    {
        Query = new RecordedQuery(filter, select?.ToList());
        return base.QueryAsync<T>(filter, maxPerPage, Query.Select, cancellationToken);
    }

    public override Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        Transaction = [.. transactionActions];
        return base.SubmitTransactionAsync(Transaction, cancellationToken);
    }
}
