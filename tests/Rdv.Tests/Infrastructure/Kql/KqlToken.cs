using System.Globalization;
using System.Text;

namespace Rdv.Tests.Infrastructure.Kql;

internal enum KqlTokenKind
{
    Word,
    Text,
    Number,
    Sign,
    End,
}

/// <param name="Value">Of a text, what it stands for.</param>
internal readonly record struct KqlToken(KqlTokenKind Kind, string Value, int At)
{
    private static readonly string[] Signs = ["==", "!=", "=~", "!~", "<=", ">=", "|", ",", "(", ")", "[", "]", ".", "=", "<", ">", "+", "-", "*", "/", "%", "!"];

    public static IReadOnlyList<KqlToken> Read(string query)
    {
        var tokens = new List<KqlToken>();
        var at = 0;
        while (at < query.Length)
        {
            var began = at;
            var letter = query[at];
            if (char.IsWhiteSpace(letter))
            {
                at++;
            }
            else if (letter is '"' or '\'' || (letter == '@' && at + 1 < query.Length && query[at + 1] is '"' or '\''))
            {
                tokens.Add(new KqlToken(KqlTokenKind.Text, ReadText(query, ref at), began));
            }
            else if (char.IsAsciiLetter(letter) || letter == '_')
            {
                while (at < query.Length && (char.IsAsciiLetterOrDigit(query[at]) || query[at] == '_'))
                {
                    at++;
                }

                tokens.Add(new KqlToken(KqlTokenKind.Word, query[began..at], began));
            }
            else if (char.IsAsciiDigit(letter))
            {
                while (at < query.Length && char.IsAsciiDigit(query[at]))
                {
                    at++;
                }

                if (at < query.Length && (char.IsAsciiLetter(query[at]) || query[at] == '_'))
                {
                    throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"A number that goes on with letters, at {began}: {query}"));
                }

                tokens.Add(new KqlToken(KqlTokenKind.Number, query[began..at], began));
            }
            else
            {
                var sign = Array.Find(Signs, candidate => string.CompareOrdinal(query, began, candidate, 0, candidate.Length) == 0)
                    ?? throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"A sign that is not known, at {began}: {query}"));
                at += sign.Length;
                tokens.Add(new KqlToken(KqlTokenKind.Sign, sign, began));
            }
        }

        tokens.Add(new KqlToken(KqlTokenKind.End, "", query.Length));
        return tokens;
    }

    /// <summary>"…" and '…' with a backslash before what is meant; @"…" and @'…' as they stand, the quote twice for once.</summary>
    private static string ReadText(string query, ref int at)
    {
        var verbatim = query[at] == '@';
        at += verbatim ? 1 : 0;
        var quote = query[at++];
        var text = new StringBuilder();
        while (at < query.Length)
        {
            var letter = query[at++];
            if (letter == quote)
            {
                if (!verbatim || at >= query.Length || query[at] != quote)
                {
                    return text.ToString();
                }

                at++;
            }
            else if (letter == '\\' && !verbatim)
            {
                letter = at < query.Length && query[at] is '\\' or '"' or '\'' ? query[at] : throw new FormatException($"An escape that is not known: {query}");
                at++;
            }

            text.Append(letter);
        }

        throw new FormatException($"A text without an end: {query}");
    }
}
