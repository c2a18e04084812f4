using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Rdv.Tests.Language;

/// <summary>How easily a French text is read.</summary>
/// <remarks>
/// L. Kandel, A. Moles, "Application de l'indice de Flesch à la langue française" (1958): 207 − 1.015 × words a sentence − 73.6 × syllables a
/// word; from 70 on, a text is easy. Syllables are counted by the vowels that are heard one after another, without a silent end.
/// </remarks>
internal static partial class Readability
{
    private static readonly HashSet<string> NoText = new(StringComparer.OrdinalIgnoreCase) { "script", "style", "select", "textarea", "svg", "nav", "title", "code" };

    private static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase) { "a", "span", "strong", "em", "b", "kbd" };

    /// <summary>What is read on a page, block by block: a paragraph, a title, a label, a cell.</summary>
    public static IReadOnlyList<string> Blocks(IParentNode page)
    {
        var blocks = new List<string>();
        foreach (var part in page.QuerySelectorAll("body > header, main, footer"))
        {
            var block = "";
            Walk(part);
            End();

            void Walk(INode node)
            {
                if (node is IText text)
                {
                    block += text.Data;
                }
                else if (node is IElement element && !NoText.Contains(element.LocalName))
                {
                    var inline = Inline.Contains(element.LocalName);
                    if (!inline)
                    {
                        End();
                    }

                    foreach (var child in element.ChildNodes)
                    {
                        Walk(child);
                    }

                    if (!inline)
                    {
                        End();
                    }
                }
            }

            void End()
            {
                if (Spaces().Replace(block, " ").Trim() is { Length: > 0 } said)
                {
                    blocks.Add(said);
                }

                block = "";
            }
        }

        return blocks;
    }

    /// <summary>A colon and a semicolon end what is read in one breath, as a point does.</summary>
    public static IEnumerable<string> Sentences(string block) => SentenceEnd().Split(block).Where(sentence => sentence.Any(char.IsLetter));

    public static int Words(string sentence) => Word().Count(sentence);

    /// <summary>The index of Kandel and Moles; 100 for nothing to read.</summary>
    public static double Ease(IEnumerable<string> blocks)
    {
        var sentences = blocks.SelectMany(Sentences).ToList();
        var words = sentences.SelectMany(sentence => Part().Matches(sentence).Select(match => match.Value)).ToList();
        return words.Count == 0 ? 100 : 207 - (1.015 * words.Count / sentences.Count) - (73.6 * words.Sum(Syllables) / words.Count);
    }

    public static int Syllables(string word)
    {
        var heard = SilentU().Replace(SilentEnd().Replace(word.ToLowerInvariant(), ""), "");
        return Math.Max(1, Vowels().Count(heard));
    }

    [GeneratedRegex(@"[\s\u00a0]+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(?<=[.!?…])\s+|\s?[:;·]\s")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"[\w’'-]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Part();

    // "tranquille", "personnes", "appellent" (but not "moment"), never the only vowel.
    [GeneratedRegex("(?<=[aeiouyàâäéèêëîïôöùûü].*(?:[^aeiouyàâäéèêëîïôöùûüm]|[qg]u))(?:es?|ent)$")]
    private static partial Regex SilentEnd();

    // "numérique", "guide".
    [GeneratedRegex("(?<=[qg])u(?=[aeiouyàâäéèêëîïôöùûü]|$)")]
    private static partial Regex SilentU();

    [GeneratedRegex("[aeiouyàâäéèêëîïôöùûüœæ]+")]
    private static partial Regex Vowels();
}
