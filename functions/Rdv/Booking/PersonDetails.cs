using Rdv.People;

namespace Rdv.Booking;

/// <summary>Who comes, as it was typed and found right.</summary>
public sealed record PersonDetails(Citizen Citizen, Helper? Helper, string? Note)
{
    /// <summary>Number and street, of who is met at home.</summary>
    public string? Street { get; init; }

    /// <summary>What the advisor reads where nobody said more.</summary>
    public const string SignLanguage = "Langue des signes";

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => nameof(PersonDetails);

    /// <returns>Null, with what is wrong, when it cannot be read.</returns>
    internal static PersonDetails? Check(BookingRequest request, FieldErrors errors)
    {
        var citizen = PeopleForm.Check(request.Citizen, request.Territory, errors);
        var helper = PeopleForm.CheckHelper(request.Helper, request.Territory, errors);
        var note = PeopleForm.CheckText(request.Note, "note", PeopleForm.MaxText, errors);
        var street = MeansWords.Parse(request.Means) == Means.Home ? PeopleForm.CheckAddress(request.Home?.Address, errors) : null;
        return citizen is null ? null : new PersonDetails(request.Signs ? citizen with { Needs = citizen.Needs ?? SignLanguage } : citizen, helper, note) { Street = street };
    }
}
