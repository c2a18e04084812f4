using Microsoft.AspNetCore.Http;
using NodaTime;
using Rdv.Territories;

namespace Rdv.Functions.Http;

/// <summary>Reads the values of an address that many calls take. Null when one is missing; an error when it is not what it should be.</summary>
internal static class Fields
{
    public static Territory? Territory(HttpRequest request, FieldErrors errors)
    {
        if (Values.Text(request, "territory") is not { } code)
        {
            return null;
        }

        if (Territories.Territory.TryParse(code, out var territory))
        {
            return territory;
        }

        errors.Add("territory", "Ce département n'existe pas.");
        return null;
    }

    public static Instant? Instant(HttpRequest request, string name, FieldErrors errors)
    {
        var text = Values.Text(request, name);
        var instant = Values.ParseInstant(text);
        if (text is not null && instant is null)
        {
            errors.Add(name, "Cet instant ne se lit pas. Exemple : 2026-11-24T18:00:00+01:00.");
        }

        return instant;
    }
}
