using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Rdv.Azure.Keys;

/// <summary>The secret under which Data Protection keys are stored: AES-256-GCM, under a key derived from the link secrets (HKDF, RFC 5869).</summary>
public sealed class KeyEncryption(Keyring secrets) : IXmlEncryptor
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        ArgumentNullException.ThrowIfNull(plaintextElement);
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        var cipher = new byte[plain.Length];
        var tag = new byte[TagSize];
        using var aes = new AesGcm(Derive(secrets.Current), TagSize);
        aes.Encrypt(nonce, plain, cipher, tag);
        return new EncryptedXmlInfo(
            new XElement(
                "encrypted",
                new XAttribute("secret", secrets.Current.ToString(CultureInfo.InvariantCulture)),
                Convert.ToBase64String([.. nonce, .. tag, .. cipher])),
            typeof(Decryptor));
    }

    private XElement Decrypt(XElement encrypted)
    {
        var number = (int)(encrypted.Attribute("secret") ?? throw new CryptographicException("A stored key names no secret."));
        var bytes = Convert.FromBase64String(encrypted.Value);
        var plain = new byte[bytes.Length - NonceSize - TagSize];
        using var aes = new AesGcm(Derive(number), TagSize);
        aes.Decrypt(bytes.AsSpan(0, NonceSize), bytes.AsSpan(NonceSize + TagSize), bytes.AsSpan(NonceSize, TagSize), plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }

    private byte[] Derive(int number) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        secrets.Find(number) ?? throw new CryptographicException($"The secret {number} of the stored keys is gone."),
        outputLength: 32,
        info: "rdv data-protection"u8.ToArray());

    /// <summary>Made by Data Protection itself, from the type's name that is stored beside each key.</summary>
    public sealed class Decryptor(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement)
        {
            ArgumentNullException.ThrowIfNull(encryptedElement);
            return services.GetRequiredService<KeyEncryption>().Decrypt(encryptedElement);
        }
    }
}
