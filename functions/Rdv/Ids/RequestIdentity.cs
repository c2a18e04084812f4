using System.Security.Cryptography;
using System.Text;

namespace Rdv.Ids;

/// <summary>What makes two requests the same: the nonce of the form or of the client, and the hash of what was asked.</summary>
/// <param name="Nonce">Hash of the <c>Idempotency-Key</c> or of the form's token; never the value itself.</param>
/// <param name="Hash">Hash of the body.</param>
public readonly record struct RequestIdentity(string Nonce, string Hash)
{
    /// <summary>Of a request that was forgotten with its person: the hash of what they typed can be guessed at.</summary>
    public static RequestIdentity Forgotten { get; } = new("", "");

    /// <param name="key">The client's key; null draws one that nobody can repeat.</param>
    /// <param name="scope">Keys of different operations do not meet.</param>
    public static RequestIdentity Of(string scope, string? key, string body) => new(
        Digest(key is null ? Convert.ToHexString(RandomNumberGenerator.GetBytes(16)) : $"{scope}\n{key}"),
        Digest(body));

    private static string Digest(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 16);
}
