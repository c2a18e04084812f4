using System.Security.Cryptography;
using System.Text;
using Rdv.Territories;

namespace Rdv.Ids;

/// <summary>
/// Names a request to be called back: <c>69-qK7Q29XM4</c>, the territory, the letter of the subject, eight characters. Short, since it
/// is part of a link in an SMS; it opens nothing by itself.
/// </summary>
public readonly record struct WaitingId
{
    private const int Length = 8;

    private WaitingId(Territory territory, string code)
    {
        Territory = territory;
        Code = code;
    }

    public Territory Territory { get; }

    /// <summary>The letter and the eight characters: what row keys hold.</summary>
    public string Code { get; }

    public Subject Subject => new(Territory, Code);

    /// <summary>Draws the id that belongs to a nonce: the same nonce always gives the same one.</summary>
    /// <param name="draw">0 first; the next number when the id turned out to be someone else's.</param>
    public static WaitingId Derive(Territory territory, string nonce, int draw = 0)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{territory.Code}\nwaiting\n{draw}\n{nonce}"), hash);
        return new WaitingId(territory, Subject.WaitingLetter + Crockford.Encode(hash, Length));
    }

    /// <summary>As the link writes it, two letters shorter: <c>69K7Q29XM4</c>.</summary>
    public string InLink => Territory.Code + Code[1..];

    /// <summary>Reads back what <see cref="ToString"/> or <see cref="InLink"/> gave.</summary>
    public static bool TryParse(string? text, out WaitingId id)
    {
        id = default;
        if (text is not { Length: >= Length + 2 and <= Length + 5 })
        {
            return false;
        }

        var hyphen = text.IndexOf('-', StringComparison.Ordinal);
        var code = hyphen > 0 ? text[(hyphen + 1)..] : Subject.WaitingLetter + text[^Length..];
        return Territory.TryParse(hyphen > 0 ? text[..hyphen] : text[..^Length], out var territory) && TryFromCode(territory, code, out id);
    }

    /// <summary>Reads back what <see cref="Code"/> gave.</summary>
    public static bool TryFromCode(Territory territory, string code, out WaitingId id)
    {
        id = default;
        if (code.Length != Length + 1 || char.ToLowerInvariant(code[0]) != Subject.WaitingLetter || Crockford.Normalize(code.AsSpan(1)) is not { } clean)
        {
            return false;
        }

        id = new WaitingId(territory, Subject.WaitingLetter + clean);
        return true;
    }

    public override string ToString() => Code is null ? "" : $"{Territory.Code}-{Code}";
}
