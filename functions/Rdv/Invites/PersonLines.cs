using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.People;

namespace Rdv.Invites;

/// <summary>Who comes, in the words of a mail or a calendar: what they wrote themselves is said, and leads nowhere.</summary>
internal static class PersonLines
{
    private const string NoName = "nom à lire dans votre agenda";

    public static (string Label, string? Value)[] Of(Appointment appointment) =>
    [
        ("Par téléphone", appointment.Means == Means.Phone ? "vous appelez cette personne à l'heure du rendez-vous" : null),
        ("En vidéo", appointment.Means == Means.Video ? "cette personne ouvre votre lien vidéo à l'heure du rendez-vous" : null),
        ("À domicile", appointment.Means == Means.Home ? "vous allez chez cette personne" : null),
        ("Personne", NameOf(appointment)),
        ("Téléphone", appointment.Citizen.Phone.ToNational()),
        ("Entreprise", WordsOfOthers.Text(appointment.Citizen.Business)),
        ("Besoins", WordsOfOthers.Text(appointment.Citizen.Needs)),
        ("Note", WordsOfOthers.Text(appointment.Note)),
        ("Référence", appointment.Reference.ToString()),
    ];

    /// <summary>Where an advisor is, or whom they call from there, or behind which link they are met.</summary>
    public static string? WhereOf(Appointment appointment, TerritoryDirectory directory) => appointment.Means switch
    {
        Means.Phone => $"Par téléphone : {appointment.Citizen.Phone.ToNational()}",
        Means.Video => VideoRoom.LinkOf(appointment, directory) is { } link ? $"En vidéo : {link}" : "En vidéo : votre lien manque",
        Means.Home => appointment.Home is { } home ? $"À domicile : {LineOf(home)}" : "À domicile",
        _ => directory.Places.GetValueOrDefault(appointment.PlaceId)?.PostalLine,
    };

    /// <summary>In one line, as a map finds it.</summary>
    public static string LineOf(HomeAddress home) =>
        WordsOfOthers.Text(home.Street) + (Communes.Find(home.Insee) is { } commune ? $", {commune.Postcode} {commune.Name}" : "");

    /// <summary>The name, where it can be one; the agenda, behind the sign-in, shows what was given.</summary>
    public static string NameOf(Appointment appointment) => WordsOfOthers.Name(appointment.Citizen.Name) ?? NoName;

    /// <summary>What has a value of number, needs and note, for one line.</summary>
    public static IEnumerable<string> BesidesName(Appointment appointment) =>
        new[] { appointment.Citizen.Phone.ToNational(), WordsOfOthers.Text(appointment.Citizen.Needs), WordsOfOthers.Text(appointment.Note) }
            .OfType<string>()
            .Where(part => !string.IsNullOrWhiteSpace(part));
}
