using Microsoft.AspNetCore.Http;
using Rdv.Directory;
using Rdv.Territories;

namespace Rdv.Functions.Hotline;

/// <summary>Says, beside what could be read, in which territories something may be missing.</summary>
internal static class InTrouble
{
    public const string Header = "Rdv-In-Trouble";

    /// <summary>Names them by their codes in a header; nothing when all answered.</summary>
    public static void Tell(HttpRequest request, IReadOnlyCollection<Territory> territories)
    {
        if (territories.Count > 0)
        {
            request.HttpContext.Response.Headers[Header] = territories.Codes();
        }
    }
}
