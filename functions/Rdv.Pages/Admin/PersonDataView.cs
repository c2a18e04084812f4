using Rdv.Pages.Shared;

namespace Rdv.Pages.Admin;

/// <summary>What is stored under a number, in short: whoever wants all of it takes the file.</summary>
/// <param name="Waiting">How many requests to be called.</param>
/// <param name="Calls">How many calls to make, and made.</param>
public sealed record FoundPerson(string Number, IReadOnlyList<AppointmentCard> Appointments, int Waiting, int Calls)
{
    public bool IsEmpty => Appointments.Count + Waiting + Calls == 0;

    public int ToCome => Appointments.Count(card => card.State == AppointmentState.ToCome);

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => nameof(FoundPerson);
}

/// <summary>What was erased.</summary>
/// <param name="Until">When the person of what was cancelled is forgotten, in words; null when nothing was.</param>
public sealed record PersonGone(int Erased, int Cancelled, int Waiting, int Calls, string? Until);

/// <summary>The page that answers a person who asks for their data, or wants it gone (GDPR, articles 15 and 17).</summary>
/// <param name="Phone">As it was typed.</param>
/// <param name="Territory">The same; narrows where it is looked for.</param>
public sealed record PersonDataView(string? Phone, string? Territory, FoundPerson? Found, PersonGone? Gone, FormErrors Errors)
{
    public const string Address = "/gestion/personne";
    public const string PhoneField = "phone";
    public const string TerritoryField = "territory";
    public const string CancelField = "annuler";

    public static IReadOnlyList<string> Fields { get; } = [PhoneField, TerritoryField];

    public static PersonDataView Empty { get; } = new(null, null, null, null, FormErrors.None);

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => nameof(PersonDataView);
}
