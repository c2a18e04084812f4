namespace Rdv.Transactions;

/// <summary>What is stored as a row, in the words of its feature. How it is written is said once for each type, beside the table.</summary>
#pragma warning disable CA1040 // A mark on purpose: only what has a format can be part of a transaction.
public interface IRow;
#pragma warning restore CA1040
