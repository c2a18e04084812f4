using System.Buffers.Text;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Booking;

/// <summary>Names a hold: where it stands in the agenda, and the unguessable id that only its owner knows.</summary>
public sealed record HoldToken(Territory Territory, AdvisorId AdvisorId, LocalDate Date, string Id)
{
    public static bool TryParse(string? text, out HoldToken token)
    {
        token = null!;
        if (text is not { Length: > 0 and <= 200 } || !Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|');
        if (parts.Length != 4 || !Territory.TryParse(parts[0], out var territory) || !DirectoryIds.IsValid(parts[1])
            || LocalDatePattern.Iso.Parse(parts[2]) is not { Success: true } date)
        {
            return false;
        }

        token = new HoldToken(territory, new AdvisorId(parts[1]), date.Value, parts[3]);
        return true;
    }

    /// <summary>The hold that keeps a slot of that day; null when the text names none.</summary>
    public static HoldToken? Of(string? text, Territory territory, LocalDate date) =>
        TryParse(text, out var token) && token.Territory == territory && token.Date == date ? token : null;

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Territory.Code}|{AdvisorId}|{LocalDatePattern.Iso.Format(Date)}|{Id}"));
}
