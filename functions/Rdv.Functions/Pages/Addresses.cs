using Rdv.Pages.Workshops;

namespace Rdv.Functions.Pages;

internal static class Addresses
{
    public static string Slots(string? insee, string topic) => insee is null ? "/" : $"/creneaux?commune={insee}&sujet={topic}";

    public static string Workshops(string? insee) => insee is null ? "/" : WorkshopsView.AddressFor(insee);
}
