using System.Security.Cryptography;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Rdv.Ids;
using Rdv.People;
using Rdv.Quotas;

namespace Rdv.Appointments;

/// <summary>Derives and checks the keys of links. They are never stored.</summary>
public sealed class Links(Secrets secrets)
{
    public const int KeyLength = 13;

    private const int MaxTypedKey = 40;

    public int CurrentLinkSecret => secrets.Link.Current;

    /// <summary>The 13 characters (65 bits) that open an appointment.</summary>
    public string KeyOf(Appointment appointment) => KeyOf(appointment.Reference, appointment.LinkSecret);

    public string KeyOf(AppointmentReference reference, int linkSecret) =>
        Crockford.Encode(Hmac(secrets.Link[linkSecret], "link\n" + reference), KeyLength);

    /// <summary>Whether the key opens the appointment; takes the same time for every wrong key.</summary>
    public bool Opens(Appointment appointment, string? key) =>
        Clean(key) is { } clean
        && secrets.Link.Find(appointment.LinkSecret) is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(clean), Encoding.ASCII.GetBytes(KeyOf(appointment)));

    /// <summary>The key of anything else that has a link. No text of an appointment begins so.</summary>
    public string KeyOf(Subject subject, int linkSecret) => Crockford.Encode(Hmac(secrets.Link[linkSecret], "subject\n" + subject), KeyLength);

    /// <summary>Whether the key opens the subject; takes the same time for every wrong key.</summary>
    public bool Opens(Subject subject, int linkSecret, string? key) =>
        Clean(key) is { } clean
        && secrets.Link.Find(linkSecret) is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(clean), Encoding.ASCII.GetBytes(KeyOf(subject, linkSecret)));

    /// <summary>Whether the key is one that we gave for that subject, under any live secret: all that can be asked once its row is gone.</summary>
    public bool OpensUnderAny(Subject subject, string? key) => secrets.Link.Numbers.Any(number => Opens(subject, number, key));

    public PhoneIndex IndexOf(PhoneNumber phone) => IndexOf(phone, secrets.Phone.Current);

    /// <summary>Under every live key: a caller is found whichever key was current when they booked.</summary>
    public IEnumerable<PhoneIndex> IndexesOf(PhoneNumber phone) => secrets.Phone.Numbers.Select(number => IndexOf(phone, number));

    /// <summary>Of the limit on what one client address keeps. No number in E.164 begins so.</summary>
    public QuotaKey HoldsOf(string client) => OfClient("hold", client);

    /// <summary>Of the limit on what one client address books and asks for.</summary>
    public QuotaKey MadeBy(string client) => OfClient("made", client);

    /// <summary>Of the limit on the SMS that one number gets in a day.</summary>
    public QuotaKey SmsTo(PhoneNumber phone, LocalDate day) => OfClient("sms", $"{phone.E164}\n{LocalDatePattern.Iso.Format(day)}");

    private QuotaKey OfClient(string kind, string client) =>
        new(kind, secrets.Phone.Current, Convert.ToHexStringLower(Hmac(secrets.Phone[secrets.Phone.Current], "client\n" + client).AsSpan(0, 16)));

    private PhoneIndex IndexOf(PhoneNumber phone, int number) =>
        new(number, Convert.ToHexStringLower(Hmac(secrets.Phone[number], phone.E164).AsSpan(0, 16)));

    private static string? Clean(string? key) =>
        key is { Length: <= MaxTypedKey } && Typed.Code(key) is { Length: KeyLength } code ? Crockford.Normalize(code) : null;

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
