using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Invites;

/// <summary>The tokens in the addresses of advisors' calendar feeds: who it is, and an HMAC that nobody can guess. Never stored.</summary>
public sealed class FeedTokens(Secrets secrets)
{
    private const int MacLength = 16;

    public string Of(Territory territory, AdvisorId advisor) => Of(territory, advisor, secrets.Feed.Current);

    public bool TryParse(string? token, out Territory territory, out AdvisorId advisor)
    {
        (territory, advisor) = (default, default);
        if (token is not { Length: > 0 and <= 300 } || token.Split('.') is not [var who, _] || !Base64Url.IsValid(who))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(who)).Split('|');
        if (parts.Length != 3
            || !Territory.TryParse(parts[0], out territory)
            || !DirectoryIds.IsValid(parts[1])
            || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || secrets.Feed.Find(number) is null)
        {
            return false;
        }

        advisor = new AdvisorId(parts[1]);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Of(territory, advisor, number)));
    }

    private string Of(Territory territory, AdvisorId advisor, int number)
    {
        var who = Encoding.UTF8.GetBytes($"{territory.Code}|{advisor.Value}|{number}");
        var mac = HMACSHA256.HashData(secrets.Feed[number], who).AsSpan(0, MacLength);
        return $"{Base64Url.EncodeToString(who)}.{Base64Url.EncodeToString(mac)}";
    }
}
