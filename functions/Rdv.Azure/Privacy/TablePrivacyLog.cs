using Azure.Data.Tables;
using NodaTime;
using Rdv.Azure.Tables;
using Rdv.Privacy;

namespace Rdv.Azure.Privacy;

/// <summary>One row for each request, in a partition of their own.</summary>
public sealed class TablePrivacyLog(RdvTable table) : IPrivacyLog
{
    public Task WriteAsync(PrivacyRequest request, CancellationToken cancellationToken) => table.PutAsync(
        new TableEntity(RowKeys.PrivacyPartition, RowKeys.Privacy(request))
            .With("At", request.At)
            .With("By", request.By)
            .With("Who", request.Who)
            .With("PhoneKey", request.Person.KeyNumber)
            .With("PhoneHash", request.Person.Hash)
            .With("Territory", request.Territory?.Code),
        cancellationToken);

    public Task ForgetAsync(Instant before, CancellationToken cancellationToken) =>
        table.DeleteWhereAsync(RowKeys.PrivacyPartition, "At", before, cancellationToken);
}
