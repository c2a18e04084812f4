using System.Security.Cryptography;
using System.Text;
using Rdv.Ids;
using Rdv.People;

namespace Rdv.Staff;

/// <summary>The e-mail address that somebody of the staff is first recognised by: written one way, whoever writes it.</summary>
public static class StaffAddress
{
    private const int KeyLength = 26;

    /// <returns>Lower case, the domain in ASCII; null when it is no address.</returns>
    public static string? Of(string? text)
    {
        try
        {
            return EmailAddress.TryParse(text?.Normalize(NormalizationForm.FormC), out var address) ? address.ToLowerInvariant() : null;
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }

    /// <summary>What stands for it in the key of a row: addresses of rows are in traces of storage.</summary>
    internal static string KeyOf(string address) => Crockford.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(address)), KeyLength);
}
