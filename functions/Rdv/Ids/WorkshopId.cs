using Rdv.Territories;

namespace Rdv.Ids;

/// <summary>Identifies a workshop inside its territory.</summary>
public readonly record struct WorkshopId(string Value)
{
    private const int Digits = 16;

    /// <summary>The id that belongs to a request: the same request always finds its own workshop.</summary>
    public static WorkshopId Of(RequestIdentity request) => new(Subject.WorkshopLetter + request.Nonce[..Digits].ToLowerInvariant());

    public static bool TryParse(string? text, out WorkshopId id)
    {
        id = new WorkshopId(text ?? "");
        return text is { Length: Digits + 1 } && text[0] == Subject.WorkshopLetter && text.Skip(1).All(char.IsAsciiHexDigitLower);
    }

    public Subject SubjectIn(Territory territory) => new(territory, Value);

    public override string ToString() => Value;
}
