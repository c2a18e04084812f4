using System.Collections.Frozen;
using System.Reflection;
using Azure.Data.Tables;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Azure.Transactions;

/// <summary>Finds the format of a row by its type.</summary>
internal sealed class RowFormat
{
    private static readonly FrozenDictionary<Type, RowFormat> ByType = typeof(RowFormat).Assembly.GetTypes()
        .SelectMany(format => format.GetInterfaces(), (format, contract) => (format, contract))
        .Where(found => found.contract.IsGenericType && found.contract.GetGenericTypeDefinition() == typeof(IRowFormat<>))
        .ToFrozenDictionary(
            found => found.contract.GetGenericArguments()[0],
            found => (RowFormat)typeof(RowFormat).GetMethod(nameof(Of), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(found.format, found.contract.GetGenericArguments()[0])
                .Invoke(null, null)!);

    private RowFormat(Func<Territory, IRow, TableEntity> write, bool isLasting, bool isPart) =>
        (Write, IsLasting, IsPart) = (write, isLasting, isPart);

    public Func<Territory, IRow, TableEntity> Write { get; }

    public bool IsLasting { get; }

    public bool IsPart { get; }

    /// <exception cref="ArgumentException">A type that no format writes.</exception>
    public static RowFormat Find(Type type)
    {
        for (var found = type; found is not null; found = found.BaseType)
        {
            if (ByType.TryGetValue(found, out var format))
            {
                return format;
            }
        }

        throw new ArgumentException($"Nothing says how a {type.Name} is stored.", nameof(type));
    }

    private static RowFormat Of<TFormat, TRow>()
        where TFormat : IRowFormat<TRow>
        where TRow : IRow =>
        new((territory, row) => TFormat.Write(territory, (TRow)row), TFormat.IsLasting, TFormat.IsPart);
}
