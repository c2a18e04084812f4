using System.Diagnostics.CodeAnalysis;
using System.Net.Mail;

namespace Rdv.Invites;

/// <summary>Addresses that an invite can be sent to.</summary>
internal static class InviteAddress
{
    /// <summary>Accepts a bare address (no name, no brackets) that can stand after <c>mailto:</c> as it is.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out string? address)
    {
        address = text?.Trim();
        if (address is { Length: > 0 and <= 254 }
            && address.All(letter => letter is > ' ' and < '\u007F' and not ('"' or '<' or '>' or '(' or ')' or ',' or ';' or ':' or '\\' or '?' or '%'))
            && MailAddress.TryCreate(address, out var parsed)
            && parsed.Address == address)
        {
            return true;
        }

        address = null;
        return false;
    }

    public static string Host(string address) => address[(address.LastIndexOf('@') + 1)..];
}
