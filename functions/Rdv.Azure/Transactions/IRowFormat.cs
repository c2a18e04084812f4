using Azure.Data.Tables;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Azure.Transactions;

/// <summary>How the rows of one type are stored. Every format of this assembly is found by its interface: a row type adds one file.</summary>
internal interface IRowFormat<in T>
    where T : IRow
{
    /// <summary>Nobody deletes the row or takes its columns away: it tells for long that its transaction was written.</summary>
    static virtual bool IsLasting => false;

    /// <summary>The type is a part of a row: what else stands there stays.</summary>
    static virtual bool IsPart => false;

    static abstract TableEntity Write(Territory territory, T row);
}
