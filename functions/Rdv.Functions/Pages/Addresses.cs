using Rdv.Pages.Shared;
using Rdv.Pages.Workshops;

namespace Rdv.Functions.Pages;

internal static class Addresses
{
    public static string Slots(string? insee, string topic, Wish wish) =>
        insee is null ? "/" : $"/creneaux?commune={insee}&sujet={topic}{wish.Query}";

    public static string Workshops(string? insee) => insee is null ? "/" : WorkshopsView.AddressFor(insee);
}
