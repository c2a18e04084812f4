using PhoneNumbers;
using Rdv.Territories;

namespace Rdv.People;

/// <summary>A telephone number. Its text form is masked, so that no log or error can carry it: <see cref="E164"/> is explicit.</summary>
public readonly record struct PhoneNumber
{
    private static readonly PhoneNumberUtil Util = PhoneNumberUtil.GetInstance();

    // A national number dialled in mainland France may be one of an overseas territory (0692 is La Réunion): tried in turn.
    private static readonly string[] FrenchRegions = ["FR", "RE", "GP", "MQ", "GF", "YT", "PM", "NC", "PF", "WF"];

    private const int OverseasCodeLength = 4;

    private static readonly string[] OverseasCodes = ["+262", "+590", "+594", "+596", "+508", "+687", "+689", "+681"];

    // Mobile numbers kept for fiction (ARCEP, plan national de numérotation: 06 39 98 xx xx), which libphonenumber does not know.
    private const int FranceCode = 33;
    private const ulong FictionPrefix = 63998;

    private PhoneNumber(string e164, bool canReceiveSms)
    {
        E164 = e164;
        CanReceiveSms = canReceiveSms;
    }

    /// <summary>International form, as <c>+33639981234</c>.</summary>
    public string E164 { get; }

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

    /// <summary>Accepts any French writing: spaces, points, hyphens, <c>+33 (0)6…</c>, <c>0033…</c>; overseas numbers as dialled there.</summary>
    public static bool TryParse(string? text, Territory territory, out PhoneNumber number)
    {
        number = default;
        if (text is not { Length: >= 4 and <= 40 })
        {
            return false;
        }

        // The library knows most spaces, not the narrow one that French typography puts between digits (U+202F).
        text = string.Concat(text.Select(character => char.IsWhiteSpace(character) ? ' ' : character));
        var home = TerritoryZones.Region(territory.Code);
        foreach (var region in FrenchRegions.Prepend(home).Distinct())
        {
            if (TryParse(text, region) is { } parsed)
            {
                number = Of(parsed);
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads back what <see cref="E164"/> gave.</summary>
    public static PhoneNumber FromE164(string e164) =>
        TryParse(e164, "FR") is { } parsed ? Of(parsed) : new PhoneNumber(e164, canReceiveSms: false);

    /// <summary>As it is said and written in France: <c>06 39 98 12 34</c>.</summary>
    public string ToNational() =>
        TryParse(E164, "FR") is { } parsed ? Util.Format(parsed, PhoneNumberFormat.NATIONAL) : E164;

    public override string ToString() => E164 is { Length: > 5 } ? $"{E164[..3]}…{E164[^2..]}" : "…";

    private static PhoneNumber Of(PhoneNumbers.PhoneNumber parsed)
    {
        if (IsFiction(parsed))
        {
            return new PhoneNumber(Util.Format(parsed, PhoneNumberFormat.E164), canReceiveSms: true);
        }

        var mobile = Util.GetNumberType(parsed) is PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE;
        var french = Array.IndexOf(FrenchRegions, Util.GetRegionCodeForNumber(parsed)) >= 0
            || Util.GetRegionCodeForNumber(parsed) is "BL" or "MF";
        return new PhoneNumber(Util.Format(parsed, PhoneNumberFormat.E164), mobile && french);
    }

    private static PhoneNumbers.PhoneNumber? TryParse(string text, string region)
    {
        try
        {
            var parsed = Util.Parse(text, region);
            return Util.IsValidNumber(parsed) || IsFiction(parsed) ? parsed : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static bool IsFiction(PhoneNumbers.PhoneNumber parsed) =>
        parsed.CountryCode == FranceCode && parsed.NationalNumber / 10_000 == FictionPrefix;
}
