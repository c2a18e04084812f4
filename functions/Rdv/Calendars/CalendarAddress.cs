using System.Diagnostics.CodeAnalysis;

namespace Rdv.Calendars;

/// <summary>The address of a calendar as people copy it.</summary>
public static class CalendarAddress
{
    public const int MaxLength = 1_000;

    private const string Webcal = "webcal";

    // What is shown tells two calendars of one host apart, and opens neither.
    private const int Shown = 6;

    /// <summary><c>https://…</c>; <c>webcal://…</c> and <c>webcals://…</c>, which calendar programs write, are taken as that.</summary>
    /// <param name="problem">In French.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Uri? address, [NotNullWhen(false)] out string? problem)
    {
        address = null;
        text = text?.Trim() ?? "";
        problem = text.Length == 0 ? "Collez l'adresse de votre agenda."
            : text.Length > MaxLength || !Uri.TryCreate(text, UriKind.Absolute, out var given) ? "Cette adresse ne se lit pas. Exemple : https://agenda.exemple.fr/camille.ics."
            : AsHttps(given) is not { } https ? CalendarFaults.SentenceOf(CalendarFault.NotHttps)
            : https.UserInfo.Length > 0 ? "Cette adresse contient un mot de passe. Copiez l'adresse secrète, celle qui s'ouvre sans se connecter."
            : (address = https) is null ? "" : null;
        return problem is null;
    }

    /// <returns>Null for any other scheme.</returns>
    public static Uri? AsHttps(Uri address) =>
        !address.IsAbsoluteUri || address.Host.Length == 0 ? null
        : address.Scheme == Uri.UriSchemeHttps ? address
        : address.Scheme is Webcal or Webcal + "s"
            && Uri.TryCreate("https" + address.AbsoluteUri[address.AbsoluteUri.IndexOf(':', StringComparison.Ordinal)..], UriKind.Absolute, out var https) ? https
        : null;

    public static string EndingOf(Uri address) => address.PathAndQuery is { Length: > Shown * 3 } path ? "…" + path[^Shown..] : "…";
}
