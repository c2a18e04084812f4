using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Rdv.Ids;

namespace Rdv.Staff;

/// <summary>Tells one of the staff from all others, in the audit trail and in logs, where no name may stand: it says nothing of who it is.</summary>
public readonly partial record struct StaffId
{
    private const int Length = 16;

    private StaffId(string value) => Value = value;

    public string Value { get; }

    public static StaffId Draw() => new("p" + Crockford.Encode(RandomNumberGenerator.GetBytes(Length), Length));

    /// <summary>The same for the same request.</summary>
    public static StaffId Of(RequestIdentity identity) => new("p" + Crockford.Encode(Convert.FromHexString(identity.Nonce), Length));

    public static bool TryParse(string? text, out StaffId id)
    {
        id = text is not null && Shape().IsMatch(text) ? new StaffId(text) : default;
        return id.Value is not null;
    }

    public override string ToString() => Value;

    [GeneratedRegex("^p[0-9A-HJKMNP-TV-Z]{16}$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
