using System.Diagnostics.CodeAnalysis;
using System.Text;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Calendars;

/// <summary>
/// Keeps the addresses of calendars as nobody can read them who has the table alone. An address is sealed anew, under the current secret, each
/// time its row is written: a secret can be replaced as soon as every calendar was read once with the new one.
/// </summary>
public sealed class AddressSeal(Keyring secrets)
{
    private readonly Seal _seal = new(secrets, "rdv calendar addresses");

    public string Close(Territory territory, AdvisorId advisor, string id, Uri address)
    {
        var (number, bytes) = _seal.Close(Encoding.UTF8.GetBytes(address.AbsoluteUri), OwnerOf(territory, advisor, id));
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number}.{Convert.ToBase64String(bytes)}");
    }

    /// <returns>False when the secret is gone, or when the seal is another calendar's.</returns>
    public bool TryOpen(OwnCalendar calendar, [NotNullWhen(true)] out Uri? address)
    {
        address = null;
        return calendar.SealedAddress.Split('.', 2) is [var number, var text]
            && int.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var secret)
            && _seal.TryOpen(secret, Convert.FromBase64String(text), OwnerOf(calendar.Territory, calendar.AdvisorId, calendar.Id), out var bytes)
            && Uri.TryCreate(Encoding.UTF8.GetString(bytes), UriKind.Absolute, out address);
    }

    private static byte[] OwnerOf(Territory territory, AdvisorId advisor, string id) => Encoding.UTF8.GetBytes($"{territory}|{advisor}|{id}");
}
