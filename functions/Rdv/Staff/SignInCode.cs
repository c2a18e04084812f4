using System.Security.Cryptography;
using System.Text;
using Rdv.Ids;

namespace Rdv.Staff;

/// <summary>
/// An account of an identity provider: 16 characters of the hash of who the provider is and of its stable subject. It can be read aloud, so that
/// an administrator can bind an account whose address nobody vouches for.
/// </summary>
public readonly record struct SignInCode
{
    // 80 bits: nobody makes an account that has the code of another.
    private const int Length = 16;
    private const int Group = 4;

    private SignInCode(string value) => Value = value;

    public string Value { get; }

    /// <param name="provider">As it is configured.</param>
    /// <param name="issuer">Of Entra ID the tenant (<c>tid</c>); of another provider its issuer.</param>
    /// <param name="subject">What never changes of the account: <c>oid</c> of Entra ID, <c>sub</c> of another (OpenID Connect Core 1.0, section 2).</param>
    public static SignInCode Of(string provider, string issuer, string subject) =>
        new(Crockford.Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"{provider}\n{issuer}\n{subject}")), Length));

    /// <summary>As people type it: in any case, in groups or not.</summary>
    public static bool TryParse(string? text, out SignInCode code)
    {
        var typed = string.Concat((text ?? "").Where(character => character != '-' && !char.IsWhiteSpace(character)));
        code = typed.Length == Length && Crockford.Normalize(typed) is { } clean ? new SignInCode(clean) : default;
        return code.Value is not null;
    }

    /// <summary>In groups, as it is read aloud: <c>K7Q2-9XM4-0H3D-V5ZB</c>.</summary>
    public override string ToString() => string.Join('-', Value.Chunk(Group).Select(characters => new string(characters)));
}
