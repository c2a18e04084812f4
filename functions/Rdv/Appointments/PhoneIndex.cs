namespace Rdv.Appointments;

/// <summary>A telephone number as row keys carry it: an HMAC under a numbered key.</summary>
public readonly record struct PhoneIndex(int KeyNumber, string Hash)
{
    /// <summary>Of an appointment whose person was forgotten: no row finds it.</summary>
    public static PhoneIndex Forgotten { get; } = new(0, "");
}
