using System.Text.RegularExpressions;
using PhoneNumbers;
using Rdv.Territories;

namespace Rdv.People;

/// <summary>Why a text is not a number that we can take.</summary>
public enum PhoneFault
{
    Incomplete,

    /// <summary>A short number of a service, as 3949: it calls nobody's telephone.</summary>
    Short,
    Wrong,
    Several,
    Surcharged,
    Satellite,
}

/// <summary>A telephone number. Its text form is masked, so that no log or error can carry it: <see cref="E164"/> is explicit.</summary>
/// <remarks>Two numbers that differ in their extension only are the same: who calls back dials the one before the other.</remarks>
public readonly partial record struct PhoneNumber
{
    private const int MaxTyped = 80;

    private static readonly PhoneNumberUtil Util = PhoneNumberUtil.GetInstance();

    // Ten digits that begin with 0 reach these from one another: 0692 is La Réunion, wherever in them it is dialled.
    private static readonly string[] DialledAlike = ["FR", "RE", "GP", "MQ", "GF", "YT"];

    private static readonly string[] FrenchRegions = [.. DialledAlike, "BL", "MF", "PM", "NC", "PF", "WF"];

    private const int NationalDigits = 9;
    private const int OverseasCodeLength = 4;

    private static readonly string[] OverseasCodes = ["+262", "+590", "+594", "+596", "+508", "+687", "+689", "+681"];

    // Their own short numbers are not dialled from elsewhere in France.
    private static readonly string[] ApartCodes = ["+508", "+687", "+689", "+681"];

    // libphonenumber's region of satellites, of international shared cost and of everything else that is in no country.
    private const string NoCountry = "001";

    // Mobile numbers kept for fiction (ARCEP, plan national de numérotation: 06 39 98 xx xx), which libphonenumber does not know.
    private const int FranceCode = 33;
    private const ulong FictionPrefix = 63998;

    private PhoneNumber(string e164, bool canReceiveSms, string? extension = null)
    {
        E164 = e164;
        CanReceiveSms = canReceiveSms;
        Extension = extension;
    }

    /// <summary>International form, as <c>+33639981234</c>.</summary>
    public string E164 { get; }

    /// <summary>What is dialled behind a switchboard; null when there is none.</summary>
    public string? Extension { get; }

    /// <summary>False for landlines and for numbers outside France, which get a call instead.</summary>
    public bool CanReceiveSms { get; }

    /// <summary>
    /// Whether an SMS may get lost on its way without anyone saying so: the overseas numbers are not on the provider's list of destinations.
    /// </summary>
    /// <remarks>
    /// They get their SMS all the same, since most people overseas have no other number and many do arrive; calling each of them from the
    /// start would drown the hotline of five départements. So nobody is called at once, and nobody is forgotten: a reminder, a move or a
    /// cancellation that no delivery report confirms within two hours becomes a call.
    /// </remarks>
    public bool SmsMayNotArrive => CanReceiveSms && OverseasCodes.Contains(E164[..OverseasCodeLength]);

    /// <summary>As a row keeps it: E.164 and the extension (RFC 3966, 3: <c>+33199001234;ext=12</c>).</summary>
    public string Stored => Extension is null ? E164 : $"{E164};ext={Extension}";

    /// <summary>What a telephone dials when it is touched (RFC 3966).</summary>
    public string Uri => "tel:" + Stored;

    /// <summary>Accepts any French writing: see <see cref="Read"/>.</summary>
    public static bool TryParse(string? text, Territory territory, out PhoneNumber number) => Read(text, territory, out number) is null;

    /// <summary>
    /// Accepts any French writing: spaces, points, commas, hyphens, <c>+33 (0)6…</c>, <c>0033…</c>, an extension (<c>poste 12</c>). The short numbers
    /// of Saint-Pierre-et-Miquelon and of the Pacific are read in their own territory only: anywhere else they are a number that was cut off.
    /// </summary>
    /// <returns>What is wrong with it; null when it is a number to call.</returns>
    public static PhoneFault? Read(string? text, Territory territory, out PhoneNumber number)
    {
        number = default;
        if (text is not { Length: >= 2 and <= MaxTyped })
        {
            return PhoneFault.Incomplete;
        }

        var parts = ExtensionAtEnd().Match(text) is { Success: true } found ? (Text: text[..found.Index], Extension: found.Groups[1].Value) : (Text: text, Extension: null);
        if (IsSeveral(parts.Text))
        {
            return PhoneFault.Several;
        }

        // "Tél. : 06 39 98 12 34 (ma fille)" says more than the number; "K7Q2" is none. The library would dial letters, as those of the keys.
        if (LetterAtDigit().IsMatch(parts.Text))
        {
            return PhoneFault.Incomplete;
        }

        var plain = (parts.Text.TrimStart().StartsWith('+') ? "+" : "") + Digits(TrunkZero().Replace(parts.Text, ""));
        var home = TerritoryZones.Region(territory.Code);
        var parsed = plain.StartsWith('+') || plain.StartsWith("00", StringComparison.Ordinal) ? FindInternational(plain)
            : plain is ['3', '3', ..] && plain.Length == NationalDigits + 2 ? FindInternational("+" + plain)
            : FindNational(plain, home);
        if (parsed is null)
        {
            return IsShort(plain) ? PhoneFault.Short : plain.Length > NationalDigits ? PhoneFault.Wrong : PhoneFault.Incomplete;
        }

        if (FaultOf(parsed) is { } fault)
        {
            return fault;
        }

        number = Of(Apart(parsed), parts.Extension);
        return null;
    }

    /// <summary>Saint-Pierre-et-Miquelon is dialled 0508 within France, and +508 from anywhere: one number, whichever is written.</summary>
    private static PhoneNumbers.PhoneNumber Apart(PhoneNumbers.PhoneNumber parsed) =>
        Util.Format(parsed, PhoneNumberFormat.E164) is ['+', '3', '3', '5', '0', '8', .. var rest] && TryParse("+508" + rest, "FR") is { } apart ? apart : parsed;

    /// <summary>Reads back what <see cref="Stored"/> or <see cref="E164"/> gave.</summary>
    public static PhoneNumber FromE164(string stored)
    {
        var (e164, extension) = stored.Split(";ext=") is [var before, var after] ? (before, after) : (stored, null);
        return TryParse(e164, "FR") is { } parsed ? Of(parsed, extension) : new PhoneNumber(e164, canReceiveSms: false, extension);
    }

    /// <summary>
    /// As it is said and written in France: <c>06 39 98 12 34</c>. With its country where that is needed to dial it from France:
    /// <c>+32 470 12 34 56</c>, <c>+689 87 12 34 56</c>.
    /// </summary>
    public string ToNational()
    {
        if (TryParse(E164, "FR") is not { } parsed)
        {
            return E164;
        }

        var dialledAlike = IsFrench(parsed) && !ApartCodes.Contains(E164[..OverseasCodeLength]);
        var said = Util.Format(parsed, dialledAlike ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL);
        return Extension is null ? said : $"{said} poste {Extension}";
    }

    public bool Equals(PhoneNumber other) => E164 == other.E164;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(E164 ?? "");

    public override string ToString() => E164 is { Length: > 5 } ? $"{E164[..3]}…{E164[^2..]}" : "…";

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    // ARCEP, plan national de numérotation: 1x and 11x, 10xx and 3xxx, 118xxx.
    private static bool IsShort(string digits) => digits is ['1', _] or ['1', _, _] or ['1', '0', _, _] or ['3', _, _, _] or ['1', '1', '8', _, _, _];

    // Two numbers, or "01 99 00 12 34/35". Not "06/39/98/12/34", nor "06,39,98,12,34".
    private static bool IsSeveral(string text)
    {
        var counts = Between().Split(text).Select(part => Digits(part).Length).Where(count => count > 0).ToList();
        return counts is [>= 6, _, ..] || counts.Sum() >= 2 * NationalDigits;
    }

    private static PhoneNumbers.PhoneNumber? FindInternational(string text)
    {
        if (TryParse(text, "FR") is { } valid)
        {
            return valid;
        }

        // A French number under the code of another part of France: +33 6 92… is of La Réunion, +262 9 72… of the whole country.
        return Parse(text, "FR") is { } parsed && Array.Exists(FrenchRegions, region => Util.GetCountryCodeForRegion(region) == parsed.CountryCode)
            && $"{parsed.NationalNumber}" is { Length: NationalDigits } national
                ? FirstIn(DialledAlike, "0" + national)
                : null;
    }

    private static PhoneNumbers.PhoneNumber? FindNational(string digits, string home) => digits switch
    {
        { Length: NationalDigits + 1 } when digits[0] == '0' => FirstIn(DialledAlike.Prepend(home), digits),

        // A spreadsheet has dropped the zero.
        { Length: NationalDigits } when digits[0] != '0' => FirstIn([home, "FR"], digits),
        _ => TryParse(digits, home),
    };

    private static PhoneNumbers.PhoneNumber? FirstIn(IEnumerable<string> regions, string text) =>
        regions.Distinct().Select(region => TryParse(text, region)).FirstOrDefault(parsed => parsed is not null);

    // Whoever is called back pays nothing for it, and the hotline no more than for any other number.
    private static PhoneFault? FaultOf(PhoneNumbers.PhoneNumber parsed) => IsFiction(parsed) ? null
        : Util.GetRegionCodeForNumber(parsed) is null or NoCountry ? PhoneFault.Satellite
        : Util.GetNumberType(parsed) is PhoneNumberType.PREMIUM_RATE or PhoneNumberType.SHARED_COST or PhoneNumberType.PERSONAL_NUMBER ? PhoneFault.Surcharged
        : null;

    private static PhoneNumber Of(PhoneNumbers.PhoneNumber parsed, string? extension)
    {
        var mobile = IsFiction(parsed) || Util.GetNumberType(parsed) is PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE;
        return new PhoneNumber(Util.Format(parsed, PhoneNumberFormat.E164), mobile && IsFrench(parsed), extension);
    }

    private static bool IsFrench(PhoneNumbers.PhoneNumber parsed) => IsFiction(parsed) || FrenchRegions.Contains(Util.GetRegionCodeForNumber(parsed));

    private static PhoneNumbers.PhoneNumber? TryParse(string text, string region) =>
        Parse(text, region) is { } parsed && (Util.IsValidNumber(parsed) || IsFiction(parsed)) ? parsed : null;

    private static PhoneNumbers.PhoneNumber? Parse(string text, string region)
    {
        try
        {
            return Util.Parse(text, region);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static bool IsFiction(PhoneNumbers.PhoneNumber parsed) =>
        parsed.CountryCode == FranceCode && parsed.NationalNumber / 10_000 == FictionPrefix;

    [GeneratedRegex(@"[\s,;:.(-]*(?<![\p{L}])(?:postes?|extension|ext|interne|int|x|#|p)(?:\.|\s|:|=|n°)*([0-9]{1,7})\)?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ExtensionAtEnd();

    [GeneratedRegex(@"[/;|,\r\n]| (?:ou|et|puis) ", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Between();

    [GeneratedRegex(@"\p{L}[0-9]|[0-9]\p{L}", RegexOptions.CultureInvariant)]
    private static partial Regex LetterAtDigit();

    // "+33 (0)6".
    [GeneratedRegex(@"\(\s*0\s*\)", RegexOptions.CultureInvariant)]
    private static partial Regex TrunkZero();
}
