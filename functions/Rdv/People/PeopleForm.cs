using System.Globalization;
using System.Net.Mail;
using Rdv.Territories;

namespace Rdv.People;

/// <summary>The citizen as a form or a body gives them.</summary>
public sealed record CitizenForm(
    string? Name, string? Phone, string? Email = null, string? Business = null, string? Needs = null, bool ReminderTwoHours = false);

/// <summary>The helper as a form or a body gives them.</summary>
public sealed record HelperForm(string? Name, string? Phone, bool Consent);

/// <summary>Where somebody lives, as a form or a body gives it.</summary>
/// <param name="Address">Number and street.</param>
/// <param name="Insee">The commune.</param>
public sealed record HomeForm(string? Address, string? Insee)
{
    // A record would print every property: a log line must not carry an address.
    public override string ToString() => nameof(HomeForm);
}

/// <summary>Checks what is said of people.</summary>
public static class PeopleForm
{
    public const int MaxName = 80;
    public const int MaxText = 500;
    public const int MaxAddress = 120;
    public const string AddressField = "home.address";

    public static Citizen? Check(CitizenForm? form, Territory territory, FieldErrors errors)
    {
        if (form is null)
        {
            errors.Add("citizen", "Dites-nous qui vient.");
            return null;
        }

        var name = CheckLine(form.Name, "citizen.name", "Indiquez votre nom.", errors);
        var phone = CheckPhone(form.Phone, territory, "citizen.phone", errors);
        var email = CheckEmail(form.Email, errors);
        var business = CheckText(form.Business, "citizen.business", MaxName, errors);
        var needs = CheckText(form.Needs, "citizen.needs", MaxText, errors);
        return name is null || phone is null ? null : new Citizen(name, phone.Value, email, business, needs, form.ReminderTwoHours);
    }

    public static Helper? CheckHelper(HelperForm? form, Territory territory, FieldErrors errors)
    {
        if (form is null)
        {
            return null;
        }

        var name = CheckLine(form.Name, "helper.name", "Indiquez le nom de la personne qui vous aide.", errors);
        var phone = CheckPhone(form.Phone, territory, "helper.phone", errors);
        if (!form.Consent)
        {
            errors.Add("helper.consent", "La personne qui vous aide recevra vos messages : cochez la case si vous êtes d'accord.");
        }

        return name is null || phone is null ? null : new Helper(name, phone.Value);
    }

    /// <summary>Number and street of a home.</summary>
    public static string? CheckAddress(string? text, FieldErrors errors)
    {
        var address = CheckText(string.Join(' ', (text ?? "").Split((char[])['\r', '\n', '\t'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)), AddressField, MaxAddress, errors);
        if (address is null)
        {
            errors.Add(AddressField, "Indiquez le numéro et la rue où le conseiller doit venir.");
        }

        return address;
    }

    /// <summary>Optional free text: trimmed, null when empty, line breaks allowed, other control characters refused.</summary>
    public static string? CheckText(string? text, string field, int max, FieldErrors errors)
    {
        var clean = text?.Trim();
        if (string.IsNullOrEmpty(clean))
        {
            return null;
        }

        if (clean.Length > max)
        {
            errors.Add(field, $"Ce texte est trop long : {max} caractères au plus.");
        }

        if (clean.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')) || HasLoneSurrogate(clean))
        {
            errors.Add(field, "Ce texte contient des caractères qui ne se lisent pas.");
        }

        return clean;
    }

    /// <summary>One line that has to be there: a name, a title.</summary>
    public static string? CheckLine(string? text, string field, string missing, FieldErrors errors)
    {
        var name = WithoutInvisible(text)?.Trim();
        if (string.IsNullOrEmpty(name))
        {
            errors.Add(field, missing);
        }
        else if (name.Length > MaxName)
        {
            errors.Add(field, $"Ce nom est trop long : {MaxName} caractères au plus.");
        }
        else if (name.Any(char.IsControl) || HasLoneSurrogate(name))
        {
            errors.Add(field, "Ce nom contient des caractères qui ne se lisent pas.");
        }
        else
        {
            return name;
        }

        return null;
    }

    /// <summary>
    /// Without what has no shape of its own and comes along when a name is pasted: marks of direction, which would turn the line around that
    /// the name is shown in, and spaces of no width, which would pass for a name. Joiners stay: they are part of letters and of emoji.
    /// </summary>
    private static string? WithoutInvisible(string? text) => text is null ? null : string.Concat(text.Where(character =>
        char.GetUnicodeCategory(character) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        || character is '\u200c' or '\u200d'));

    private static PhoneNumber? CheckPhone(string? text, Territory territory, string field, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            errors.Add(field, "Indiquez un numéro de téléphone.");
        }
        else if (PhoneNumber.Read(text.Trim(), territory, out var number) is { } fault)
        {
            errors.Add(field, Message(fault));
        }
        else
        {
            return number;
        }

        return null;
    }

    /// <summary>What is wrong with a number, to the person who typed it.</summary>
    public static string Message(PhoneFault fault) => fault switch
    {
        PhoneFault.Several => "Indiquez un seul numéro de téléphone.",
        PhoneFault.Surcharged => "Ce numéro est surtaxé : nous ne pouvons pas l'appeler. Indiquez un numéro fixe ou mobile.",
        PhoneFault.Satellite => "Ce numéro n'est ni un fixe ni un mobile : nous ne pouvons pas l'appeler. Indiquez un autre numéro.",
        PhoneFault.Short => "Ce numéro est celui d'un service : nous ne pouvons pas vous y joindre. Indiquez un numéro fixe ou mobile.",
        PhoneFault.Wrong => "Ce numéro de téléphone n'existe pas : vérifiez chaque chiffre. Exemple : 06 39 98 12 34.",
        _ => "Ce numéro de téléphone n'est pas complet. Exemple : 06 39 98 12 34.",
    };

    private static string? CheckEmail(string? text, FieldErrors errors)
    {
        var email = text?.Trim();
        if (string.IsNullOrEmpty(email))
        {
            return null;
        }

        // A bare address only: MailAddress would also take "Name <address>".
        if (email.Length > 254 || !MailAddress.TryCreate(email, out var parsed) || parsed.Address != email || email.Any(char.IsControl))
        {
            errors.Add("citizen.email", "Cette adresse e-mail n'est pas complète. Exemple : nom@exemple.fr.");
            return null;
        }

        return email;
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }
}
