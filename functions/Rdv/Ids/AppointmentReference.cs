using System.Security.Cryptography;
using Rdv.Territories;

namespace Rdv.Ids;

/// <summary>
/// What a person says on the phone: <c>69-K7Q2-9XM4</c>, the territory, then seven characters and a check character.
/// It names an appointment and opens nothing by itself.
/// </summary>
public readonly record struct AppointmentReference
{
    /// <summary>Of <see cref="Code"/>.</summary>
    public const int CodeLength = Length + 1;

    private const int Length = 7;

    private const int MaxTyped = 60;

    private AppointmentReference(Territory territory, string code)
    {
        Territory = territory;
        Code = code;
    }

    public Territory Territory { get; }

    /// <summary>The eight characters without the hyphen: what row keys and days of the agenda hold.</summary>
    public string Code { get; }

    /// <summary>Draws the reference that belongs to a nonce: the same nonce always gives the same one.</summary>
    /// <param name="draw">0 first; the next number when the reference turned out to be someone else's.</param>
    public static AppointmentReference Derive(Territory territory, string nonce, int draw = 0)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{territory.Code}\n{draw}\n{nonce}"), hash);
        var text = Crockford.Encode(hash, Length);
        return new AppointmentReference(territory, text + Crockford.Check(text));
    }

    /// <summary>As the link of an SMS writes it: in one piece, without the check character, since a key follows that is a better check.</summary>
    public string InLink => Territory.Code + Code[..Length];

    /// <summary>
    /// Accepts what people type and copy: any case, any kind of dash, dots, spaces, none of them, or in other places; O for 0, I and L for 1; a
    /// word before it and punctuation after it.
    /// </summary>
    public static bool TryParse(string? text, out AppointmentReference reference)
    {
        reference = default;

        // Territories begin with a digit: what stands before the first one is "RDV", or "réf. n°".
        return text is { Length: <= MaxTyped } && Typed.Code(text).TrimStart(Typed.Letters) is { Length: 10 or 11 } compact
            && Territory.TryParse(compact[..^CodeLength], out var territory)
            && TryFromCode(territory, compact[^CodeLength..], out reference);
    }

    /// <summary>
    /// Where either is typed. Of ten digits that begin with 0, one number in 31 has the check character of a reference: they are a number, unless
    /// their hyphens are where we write them.
    /// </summary>
    public static bool TryParseUnlessNumber(string? text, out AppointmentReference reference) =>
        TryParse(text, out reference) && !(reference.Territory.Code[0] == '0' && reference.Code.All(char.IsAsciiDigit)
            && !text!.Contains(reference.ToString(), StringComparison.Ordinal));

    /// <summary>Reads back what <see cref="InLink"/> gave.</summary>
    public static bool TryFromLink(string text, out AppointmentReference reference)
    {
        reference = default;
        return text.Length > Length
            && Territory.TryParse(text[..^Length], out var territory)
            && Crockford.Normalize(text.AsSpan(text.Length - Length)) is { } clean
            && TryFromCode(territory, clean + Crockford.Check(clean), out reference);
    }

    /// <summary>Reads back what <see cref="Code"/> gave.</summary>
    public static bool TryFromCode(Territory territory, string code, out AppointmentReference reference)
    {
        reference = default;
        if (code.Length != Length + 1 || Crockford.Normalize(code) is not { } clean || Crockford.Check(clean.AsSpan(0, Length)) != clean[^1])
        {
            return false;
        }

        reference = new AppointmentReference(territory, clean);
        return true;
    }

    /// <summary>Reads back a code that we have stored.</summary>
    /// <exception cref="InvalidDataException">Nobody writes such a code.</exception>
    public static AppointmentReference OfCode(Territory territory, string code) => TryFromCode(territory, code, out var reference)
        ? reference
        : throw new InvalidDataException("A row names a reference that nobody writes.");

    public override string ToString() => Code is null ? "" : $"{Territory.Code}-{Code[..4]}-{Code[4..]}";
}
