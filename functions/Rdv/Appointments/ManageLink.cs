using Rdv.Ids;

namespace Rdv.Appointments;

/// <summary>The address of the page that shows an appointment, with buttons to cancel and to move it.</summary>
public static class ManageLink
{
    /// <summary>In a mail, a calendar, an answer: <c>/r/69-K7Q2-9XM4/{key}</c>.</summary>
    public static string Of(Appointment appointment, RdvSettings settings, Links links) => settings.SiteBaseUrl + PathOf(appointment, links);

    public static string PathOf(Appointment appointment, Links links) => $"/r/{appointment.Reference}/{links.KeyOf(appointment)}";

    /// <summary>In an SMS, where each letter has its price: <c>/69K7Q29X{key}</c>, reference and key in one token. The key is the same.</summary>
    public static string Short(Appointment appointment, RdvSettings settings, Links links) =>
        $"{settings.SiteBaseUrl}/{appointment.Reference.InLink}{links.KeyOf(appointment)}";

    /// <summary>Reads the token of a short link, as it was copied.</summary>
    public static bool TryParseToken(string? token, out AppointmentReference reference, out string key)
    {
        (reference, key) = (default, "");
        if (token is null || Typed.Code(token) is not { Length: > Links.KeyLength } code || !AppointmentReference.TryFromLink(code[..^Links.KeyLength], out reference))
        {
            return false;
        }

        key = code[^Links.KeyLength..];
        return true;
    }

    /// <summary>The appointment that a link of ours names, whichever of the two it is and whatever was copied around it. The key is not looked at.</summary>
    public static bool TryFindReference(string? text, out AppointmentReference reference)
    {
        reference = default;
        var parts = (text ?? "").Split(['/', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var (part, before) in parts.Zip(parts.Prepend("")))
        {
            if (TryParseToken(part, out reference, out _) || (before == "r" && AppointmentReference.TryParse(part, out reference)))
            {
                return true;
            }
        }

        return false;
    }
}
