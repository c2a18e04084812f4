using System.Globalization;

namespace Rdv.Local.HostileTables;

/// <summary>Pages that end anywhere: a query may be answered with any number of rows, none at all among them, and where to go on.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/query-timeout-and-pagination</remarks>
internal static class Pages
{
    private const string Token = "hostile";
    private const string Next = "NextPartitionKey";

    /// <summary>Whether the query is answered with a page of nothing first.</summary>
    public static bool IsEmptyFirst(TableRequest request) =>
        request.IsQuery && !request.Query.Contains(Next, StringComparison.Ordinal) && Random.Shared.Next(10) == 0;

    /// <summary>Where the query goes on after the page of nothing: at its beginning.</summary>
    public static void GoOn(IHeaderDictionary headers) => headers["x-ms-continuation-" + Next] = Token;

    /// <summary>The query, in smaller pages as the case may be.</summary>
    public static string Shorten(TableRequest request)
    {
        if (!request.IsQuery)
        {
            return request.Query;
        }

        var parameters = request.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(parameter => parameter != $"{Next}={Token}")
            .ToList();
        var size = Random.Shared.Next(10) switch { 0 => Random.Shared.Next(1, 6), < 4 => Random.Shared.Next(6, 60), _ => default(int?) };
        if (size is { } rows && parameters.FindIndex(parameter => Uri.UnescapeDataString(parameter).StartsWith("$top=", StringComparison.Ordinal)) is var top)
        {
            var asked = top >= 0 ? int.Parse(parameters[top].Split('=')[1], CultureInfo.InvariantCulture) : int.MaxValue;
            if (top >= 0)
            {
                parameters.RemoveAt(top);
            }

            parameters.Add(string.Create(CultureInfo.InvariantCulture, $"$top={Math.Min(rows, asked)}"));
        }

        return parameters.Count == 0 ? "" : "?" + string.Join('&', parameters);
    }
}
