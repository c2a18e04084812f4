using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Rdv;

/// <summary>Encrypts what is stored: AES-256-GCM, under a key derived from a numbered secret (HKDF, RFC 5869).</summary>
/// <param name="use">Keys of different uses do not meet.</param>
public sealed class Seal(Keyring secrets, string use)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <param name="about">What it belongs to: it opens for nothing else.</param>
    /// <returns>The number of the secret, and nonce, tag and cipher in a row.</returns>
    public (int Number, byte[] Sealed) Close(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> about = default)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        var cipher = new byte[plain.Length];
        var tag = new byte[TagSize];
        using var aes = new AesGcm(Derive(secrets[secrets.Current]), TagSize);
        aes.Encrypt(nonce, plain, cipher, tag, about);
        return (secrets.Current, [.. nonce, .. tag, .. cipher]);
    }

    /// <returns>False when the secret is gone, or when it was sealed for something else.</returns>
    public bool TryOpen(int number, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> about, [NotNullWhen(true)] out byte[]? plain)
    {
        plain = null;
        if (bytes.Length < NonceSize + TagSize || secrets.Find(number) is not { } secret)
        {
            return false;
        }

        var opened = new byte[bytes.Length - NonceSize - TagSize];
        using var aes = new AesGcm(Derive(secret), TagSize);
        try
        {
            aes.Decrypt(bytes[..NonceSize], bytes[(NonceSize + TagSize)..], bytes[NonceSize..(NonceSize + TagSize)], opened, about);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        plain = opened;
        return true;
    }

    private byte[] Derive(byte[] secret) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, outputLength: 32, info: System.Text.Encoding.UTF8.GetBytes(use));
}
