using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Rdv.Azure.Keys;

/// <summary>How Data Protection keys are stored: sealed under a key derived from the link secrets.</summary>
public sealed class KeyEncryption(Keyring secrets) : IXmlEncryptor
{
    private readonly Seal _seal = new(secrets, "rdv data-protection");

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        ArgumentNullException.ThrowIfNull(plaintextElement);
        var (number, bytes) = _seal.Close(Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)));
        return new EncryptedXmlInfo(
            new XElement(
                "encrypted",
                new XAttribute("secret", number.ToString(CultureInfo.InvariantCulture)),
                Convert.ToBase64String(bytes)),
            typeof(Decryptor));
    }

    private XElement Decrypt(XElement encrypted)
    {
        var number = (int)(encrypted.Attribute("secret") ?? throw new CryptographicException("A stored key names no secret."));
        return _seal.TryOpen(number, Convert.FromBase64String(encrypted.Value), default, out var plain)
            ? XElement.Parse(Encoding.UTF8.GetString(plain))
            : throw new CryptographicException($"The secret {number} of the stored keys is gone, or not the one that it was.");
    }

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
