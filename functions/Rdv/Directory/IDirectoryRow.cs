using Rdv.Transactions;

namespace Rdv.Directory;

/// <summary>A row that a directory consists of. A transaction that writes one gives the directory of its territory a new revision.</summary>
#pragma warning disable CA1040 // A mark on purpose, as IRow.
public interface IDirectoryRow : IRow;
#pragma warning restore CA1040
