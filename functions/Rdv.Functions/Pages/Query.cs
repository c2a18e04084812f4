using System.Globalization;
using Microsoft.AspNetCore.Http;
using NodaTime;
using Rdv.Functions.Http;
using Rdv.Ids;

namespace Rdv.Functions.Pages;

/// <summary>Reads what the address of a page says; what cannot be read is as if it were not there.</summary>
internal static class Query
{
    public static string? Text(HttpRequest request, string name) => request.Query[name] is [{ Length: > 0 and <= 4096 } text, ..] ? text : null;

    /// <summary>The place that a link names.</summary>
    public static PlaceId? Place(HttpRequest request) => Text(request, "lieu") is { } id && DirectoryIds.IsValid(id) ? new PlaceId(id) : null;

    public static LocalDate? Date(HttpRequest request, string name) => ToDate(Text(request, name));

    public static LocalDate? ToDate(string? text) => Values.ParseDay(text);

    public static int Number(HttpRequest request, string name, int otherwise, int most) =>
        int.TryParse(Text(request, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, most) : otherwise;
}
