using System.Text.RegularExpressions;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Hotline;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Hotline;

/// <summary>What an operator has typed into the one box: who calls, or where from.</summary>
internal abstract partial record TypedCaller
{
    // A postcode has five digits, no number of a person has so few; 3949 is one that nobody can be called at.
    private const int PostcodeDigits = 5;
    private const int FewestDigits = 4;
    private const int MaxMatches = 6;

    private TypedCaller()
    {
    }

    public static TypedCaller Read(string text)
    {
        if (AppointmentReference.TryParseUnlessNumber(text, out _) || ManageLink.TryFindReference(text, out _))
        {
            return new Person(new CallerSearch(Reference: text));
        }

        // "Paris" is a town first, and "Réunion" nobody's name.
        if (Communes.FindTerritory(text) is { } territory && !Communes.Search(text, 1).Any(commune => Communes.IsName(commune, text)))
        {
            return new Where(territory, null);
        }

        var digits = text.Count(char.IsAsciiDigit);
        var letters = text.Any(char.IsLetter);
        if (!letters && digits == PostcodeDigits && Communes.Search(text, MaxMatches) is { Count: > 0 } there)
        {
            return there is [var only] ? new Where(only.Territory, only) : new Unclear(null, there);
        }

        // An extension is said in words: "poste 12".
        if (digits >= FewestDigits && text.Count(char.IsLetter) < digits)
        {
            return new Person(new CallerSearch(Phone: text)) { Phone = FindAppointments.NumbersOf(text, territory: null) is [var phone] ? phone.ToNational() : null };
        }

        if (NameAndPlace().Match(text) is { Success: true } match && PlaceOf(match.Groups[2].Value) is { } place)
        {
            return new Person(new CallerSearch(Territory: place, Name: match.Groups[1].Value.Trim()));
        }

        var communes = Communes.Search(text, MaxMatches);
        return communes.Where(commune => Communes.IsName(commune, text)).ToList() switch
        {
            [var one] => new Where(one.Territory, one),
            // Vaulx is twice a village far away, and what people say of Vaulx-en-Velin.
            { Count: > 1 } => new Unclear(null, communes),
            // A name, as far as anyone can tell: many communes are called as people are.
            _ => new Unclear(letters ? text : null, communes.Count > 0 ? communes : Communes.Suggest(text)),
        };
    }

    private static Territory? PlaceOf(string text) =>
        Communes.FindTerritory(text) ?? (Communes.Search(text, 1) is [var commune] && Communes.IsName(commune, text) ? commune.Territory : null);

    // "Renée Fictive 69", "Renée Fictive, Vaulx-en-Velin", "FICTIVE (69)".
    [GeneratedRegex(@"^(\D*?\p{L}\D*?)[\s,(/]+(2[ABab]|\d{2,3}|(?<=[,(/]\s*)[^,()/\d]{2,40})\)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex NameAndPlace();

    /// <param name="Search">How they are found.</param>
    public sealed record Person(CallerSearch Search) : TypedCaller
    {
        /// <summary>As it is written in France; null when it may be several.</summary>
        public string? Phone { get; init; }
    }

    public sealed record Where(Territory Territory, Commune? Commune) : TypedCaller;

    /// <param name="Name">What may be the name of a person; null when it is none.</param>
    /// <param name="Communes">That may be meant.</param>
    public sealed record Unclear(string? Name, IReadOnlyList<Commune> Communes) : TypedCaller;

    // A record would print every property: a log line must not carry a person.
    public sealed override string ToString() => nameof(TypedCaller);
}
