using System.Xml.Linq;
using Azure.Data.Tables;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Rdv.Azure.Tables;

namespace Rdv.Azure.Keys;

/// <summary>Keeps the Data Protection keys in a partition of the one table, so that every instance reads the same form tokens.</summary>
/// <remarks>
/// https://learn.microsoft.com/aspnet/core/security/data-protection/extensibility/key-management: the interface is synchronous, and
/// called at the start and once a day.
/// </remarks>
public sealed class TableKeyRepository(RdvTable table) : IXmlRepository
{
    private const string Partition = "keys";

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. table.Client.Query<TableEntity>(row => row.PartitionKey == Partition).Select(row => XElement.Parse(row.Text("Xml")))];

    public void StoreElement(XElement element, string friendlyName) =>
        table.Client.UpsertEntity(
            new TableEntity(Partition, friendlyName) { ["Xml"] = element.ToString(SaveOptions.DisableFormatting) }, TableUpdateMode.Replace);
}
