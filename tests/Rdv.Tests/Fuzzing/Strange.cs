using System.Globalization;
using System.Text;

namespace Rdv.Tests.Fuzzing;

/// <summary>Values that programs of this kind have stumbled over; each draw is repeatable.</summary>
internal static class Strange
{
    /// <summary>What a page must never hand back as it came: out of an attribute, into a tag.</summary>
    public const string Mark = "zq7\"'<zq7 x=1>&";

    /// <summary>A header that none of ours is called; a value that breaks a line would make it.</summary>
    public const string Header = "X-Zq7";

    private const int Long = 100_000;

    private static readonly string[] Texts =
    [
        Mark, "javascript:zq7()//" + Mark, "{{zq7}}", $"x\r\n{Header}: 1\r\n\r\n{Mark}", "//zq7.example/", "/\\zq7.example", "/é€", "https://zq7.example/",
        "", " ", "\t", "\0", "69\0", "a\u0000b", "\u007F", "\u200B", "\u202Eabc", "\uFEFF", "é", "É", "e\u0301", "ﷺ", "İ", "ß", "😀", "👩‍👩‍👧‍👦", "\uFFFF", "\uD800", "\uDFFF\uD800",
        "null", "undefined", "true", "false", "NaN", "Infinity", "-0", "0", "-1", "1", "1e9", "1e400", "0x10", "٣", "१२", "1,5", "1.5",
        "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "99999999999999999999999999",
        "2026-02-29", "2028-02-29", "2026-02-30", "0000-00-00", "0001-01-01", "1899-12-31", "1900-01-01", "2999-12-31", "3000-01-01", "9999-12-31", "-9998-01-01", "+292278994-08-17",
        "2026-12-31T23:59:60Z", "2026-12-31T24:00:00Z", "2026-03-29T02:30:00+01:00", "2026-10-25T02:30:00+02:00", "2026-11-24T09:00:00", "2026-11-24T09:00:00+18:00",
        "2999-12-31T23:59:59-18:00", "1900-01-01T00:00:00+18:00", "2026-11-24T09:00:00.123456789123Z", "2026-11-24t09:00:00z", "2026-11-24T09:00@mediatheque-des-cerisiers", "9999-12-31T23:30@x",
        "09:00", "24:00", "25:61", "9h", "lun-ven 09:00-12:00", "lun-dim 00:00-24:00", "ven-lun 12:00-09:00", "P1D",
        "69", "2A", "2a", "974", "00", "20", "999", "069", "٦٩", "69123", "97501", "06 39 98 12 34", "+33639981234", "+33 (0)6", "0199001234", "+1", "112", "00000000000000000000000000",
        "'", "\"", "`", ";", "|", "||", "!turn", "phone|", "dir|", "%", "%00", "%25", "%2e%2e%2f", "%C0%AF", "%zz", "..", "../", "..\\..\\", "/etc/passwd", "#", "?", "&", "=", "+", "*", "~", "\\", "/",
        "' or RowKey ge '", "PartitionKey eq '69'", "' or 1=1 --", "=1+1", "@SUM(1)", "+33", "-2+3", "=HYPERLINK(\"http://zq7.example\")", "\tcmd", "${jndi:ldap://zq7}", "{0}{1}%s%n", "<!--", "]]>", "<?xml?>",
        "odette@exemple.example", "a@b", "\"a b\"@exemple.example", "a@[127.0.0.1]", "odette@exemple.example\r\nBcc: zq7@zq7.example", "é@é.fr", "mailto:x", "a@" + "b.",
        "http://127.0.0.1/", "https://169.254.169.254/metadata", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://zq7.example:22/", "https://user:pw@zq7.example/", "webcal://localhost/", "file:///etc/passwd", "https://0x7f000001/", "https://2130706433/",
        "con", "nul.txt", "a.b", "A", "-", "_", "mediatheque-des-cerisiers", "MEDIATHEQUE-DES-CERISIERS", "aline-exemple", "premiers-pas", "hotline", "admin", "advisor:69/aline-exemple",
        "69-K7Q2-9XM4", "69k7q29xm4", "2A-0000-0000", "69-qK7Q29XM4", "w0123456789abcdef", "c0123456789abcde5", "p0123456789ABCDEF", "k0123456789abcdef",
    ];

    // Long runs of what expressions look for cost those that look again from each place of it.
    private static readonly string[] Runs = [" ", "-", "(", "9", "0", "a ", ", ", "a-", ".", "@", "a.", "/ ", "\t", "é", "06 "];

    private static readonly string[] NoJsonTexts =
    [
        "null", "true", "false", "0", "-0", "-1", "1", "7", "1.5", "1e400", "-1e400", "1e-400", "2147483648", "9223372036854775808", "99999999999999999999999999999999999999", "0.1e1",
        "NaN", "Infinity", "-Infinity", "undefined", "01", "+1", ".5", "1.", "0x10", "'a'", "[]", "{}", "[null]", "[[]]", "[{}]", "{\"\":null}", "{\"a\":{\"b\":[1,2,{}]}}", "[1,\"a\",null,true]",
        "\"\\ud800\"", "\"\\udfff\\ud800\"", "\"\\u0000\"", "\"\\u202e\"", "\"\\x\"", "\"a\nb\"", "\"\\ud83d\\ude00\"", "\"\\/\"",
    ];

    public static T Of<T>(Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];

    public static string Text(Random random) => random.Next(40) switch
    {
        0 => new string('a', Long),
        1 => string.Concat(Enumerable.Repeat("é😀", random.Next(1, 600))),
        2 => new string('9', random.Next(1, 400)),
        3 => new string('(', random.Next(1, 3000)) + "a+",
        4 => string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => (char)random.Next(0x20, 0x2FF))),
        5 => string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => (char)random.Next(0, 0x10000))),
        6 => Of(random, Texts) + Of(random, Texts),
        7 => new string(' ', random.Next(1, 2000)) + Mark,
        8 => Mark,
        9 => string.Concat(Enumerable.Repeat(Of(random, Runs), random.Next(1, 30_000))) + Of(random, Texts),
        _ => Of(random, Texts),
    };

    /// <summary>What stands in JSON where a value should; not always JSON.</summary>
    public static string Json(Random random) => random.Next(10) switch
    {
        0 => Nested('[', ']', random.Next(1, 3000)),
        1 => string.Concat(Enumerable.Repeat("{\"a\":", random.Next(1, 600))) + "1" + new string('}', random.Next(1, 600)),
        2 or 3 or 4 => Of(random, NoJsonTexts),
        _ => Quoted(Text(random)),
    };

    /// <summary>As a JSON string, lone surrogates and all.</summary>
    public static string Quoted(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var letter in text)
        {
            _ = letter is '"' or '\\' ? json.Append('\\').Append(letter)
                : letter < ' ' || char.IsSurrogate(letter) ? json.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}")
                : json.Append(letter);
        }

        return json.Append('"').ToString();
    }

    /// <summary>As it may stand in an address or in a form: mostly right, at times doubled, or not at all.</summary>
    public static string Escaped(Random random, string text)
    {
        var escaped = Uri.EscapeDataString(text);
        return random.Next(12) switch
        {
            0 => Uri.EscapeDataString(escaped),
            1 => string.Concat(text.Where(letter => letter is > ' ' and < '\u007F' and not ('"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}'))),
            2 => string.Concat(Encoding.UTF8.GetBytes(text).Take(300).Select(one => $"%{one:x2}")),
            3 => string.Concat(Encoding.Latin1.GetBytes(text).Take(300).Select(one => $"%{one:X2}")),
            4 => escaped + Of(random, (string[])["%", "%0", "%zz", "%C3", "%ED%A0%80", "%F4%90%80%80", "%00"]),
            _ => escaped,
        };
    }

    private static string Nested(char open, char close, int depth) => new string(open, depth) + new string(close, depth);
}
