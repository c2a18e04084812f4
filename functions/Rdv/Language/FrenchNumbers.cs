namespace Rdv.Language;

/// <summary>Small numbers in words, with the hyphens of 1990 left out around "et", as people were taught.</summary>
internal static class FrenchNumbers
{
    private static readonly string[] UpToSixteen =
    [
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze",
        "quinze", "seize",
    ];

    private static readonly string[] Tens = ["", "dix", "vingt", "trente", "quarante", "cinquante"];

    /// <param name="number">0 to 59: days of a month, hours, minutes.</param>
    /// <param name="feminine">"vingt et une" heures.</param>
    public static string InWords(int number, bool feminine = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 59);
        var one = feminine ? "une" : "un";
        return number switch
        {
            1 => one,
            <= 16 => UpToSixteen[number],
            < 20 => "dix-" + UpToSixteen[number - 10],
            _ => (number % 10) switch
            {
                0 => Tens[number / 10],
                1 => $"{Tens[number / 10]} et {one}",
                var unit => $"{Tens[number / 10]}-{UpToSixteen[unit]}",
            },
        };
    }
}
