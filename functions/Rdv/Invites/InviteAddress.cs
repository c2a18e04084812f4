using System.Diagnostics.CodeAnalysis;
using Rdv.People;

namespace Rdv.Invites;

/// <summary>Addresses that an invite can be sent to.</summary>
internal static class InviteAddress
{
    /// <summary>Accepts a bare address (no name, no brackets) that can stand after <c>mailto:</c> as it is.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out string? address) => EmailAddress.TryParse(text, out address);

    public static string Host(string address) => address[(address.LastIndexOf('@') + 1)..];
}
