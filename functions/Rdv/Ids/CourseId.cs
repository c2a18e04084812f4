using System.Security.Cryptography;
using System.Text;

namespace Rdv.Ids;

/// <summary>Identifies a course inside its territory. It tells how many sessions there are and names each: a course has no row of its own.</summary>
public readonly record struct CourseId(string Value)
{
    public const int MinSessions = 2;

    /// <summary>With the appointments and the messages of one person for each, still one transaction.</summary>
    public const int MaxSessions = 10;

    private const char Letter = 'c';
    private const int Digits = 15;

    /// <summary>How many were planned.</summary>
    public int Sessions => Convert.ToInt32(Value[^1..], 16);

    /// <summary>The id that belongs to a request: the same request always finds its own course.</summary>
    public static CourseId Of(RequestIdentity request, int sessions) => new($"{Letter}{request.Nonce[..Digits].ToLowerInvariant()}{sessions:x}");

    public static bool TryParse(string? text, out CourseId id)
    {
        id = new CourseId(text ?? "");
        return text is { Length: Digits + 2 } && text[0] == Letter && text.Skip(1).All(char.IsAsciiHexDigitLower) && id.Sessions is >= MinSessions and <= MaxSessions;
    }

    /// <param name="number">1 for the first. Its id does not follow from how many there are: the same request with one more finds the first answer.</param>
    public WorkshopId Session(int number) => new(
        Subject.WorkshopLetter + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Value[..^1]}\n{number}")), 0, 8));

    public override string ToString() => Value;
}

/// <summary>A session (séance) of a course.</summary>
/// <param name="Number">1 for the first, in the order in which they were planned.</param>
public readonly record struct SessionOf(CourseId Course, int Number)
{
    /// <exception cref="InvalidDataException">Nobody writes it so.</exception>
    public static SessionOf Parse(string text) =>
        text.Split(':') is [var course, var number] && CourseId.TryParse(course, out var id) && int.TryParse(number, out var parsed)
            ? new SessionOf(id, parsed)
            : throw new InvalidDataException("A session is of no course.");

    public override string ToString() => $"{Course}:{Number}";
}
