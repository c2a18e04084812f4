using Rdv.Appointments;
using Rdv.People;

namespace Rdv.Pages.Shared;

/// <summary>What is typed of the people: given back as it was when something must be corrected.</summary>
public sealed record PersonForm
{
    /// <summary>For whom it is filled in.</summary>
    public const string ForField = "pour";
    public const string ForOtherValue = "proche";

    public const string NameField = "citizen.name";
    public const string PhoneField = "citizen.phone";
    public const string EmailField = "citizen.email";
    public const string BusinessField = "citizen.business";
    public const string NeedsField = "citizen.needs";
    public const string ReminderField = "citizen.reminderTwoHours";
    public const string NoteField = "note";
    public const string AddressField = PeopleForm.AddressField;
    public const string HelperNameField = "helper.name";
    public const string HelperPhoneField = "helper.phone";
    public const string HelperConsentField = "helper.consent";

    public static IReadOnlyList<string> Fields { get; } =
    [
        NameField, PhoneField, AddressField, EmailField, BusinessField, NeedsField, ReminderField, NoteField, HelperNameField, HelperPhoneField, HelperConsentField,
    ];

    /// <summary>Somebody else fills it in.</summary>
    public bool ForOther { get; init; }

    public Voice Voice => ForOther ? Voice.Relative : Voice.Self;

    public string? Name { get; init; }

    public string? Phone { get; init; }

    public string? Email { get; init; }

    public string? Business { get; init; }

    public string? Needs { get; init; }

    public bool ReminderTwoHours { get; init; }

    public string? Note { get; init; }

    /// <summary>Number and street, where the advisor comes to them.</summary>
    public string? Address { get; init; }

    public string? HelperName { get; init; }

    public string? HelperPhone { get; init; }

    public bool HelperConsent { get; init; }

    public bool HasHelper => !string.IsNullOrWhiteSpace(HelperName) || !string.IsNullOrWhiteSpace(HelperPhone) || HelperConsent;

    public CitizenForm Citizen => new(Name, Phone, Email, Business, Needs, ReminderTwoHours);

    /// <summary>Null when nothing was said of a helper.</summary>
    public HelperForm? Helper => HasHelper ? new HelperForm(HelperName, HelperPhone, HelperConsent) : null;

    /// <param name="value">The posted value of a field; null when there is none.</param>
    public static PersonForm Read(Func<string, string?> value) => new()
    {
        ForOther = value(ForField) == ForOtherValue,
        Name = value(NameField),
        Phone = value(PhoneField),
        Email = value(EmailField),
        Business = value(BusinessField),
        Needs = value(NeedsField),
        ReminderTwoHours = value(ReminderField) is not null,
        Note = value(NoteField),
        Address = value(AddressField),
        HelperName = value(HelperNameField),
        HelperPhone = value(HelperPhoneField),
        HelperConsent = value(HelperConsentField) is not null,
    };

    /// <summary>Everything that was typed, to be posted again.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Hidden =>
    [
        new(ForField, ForOther ? ForOtherValue : null),
        new(NameField, Name),
        new(PhoneField, Phone),
        new(EmailField, Email),
        new(BusinessField, Business),
        new(NeedsField, Needs),
        new(ReminderField, ReminderTwoHours ? "oui" : null),
        new(NoteField, Note),
        new(AddressField, Address),
        new(HelperNameField, HelperName),
        new(HelperPhoneField, HelperPhone),
        new(HelperConsentField, HelperConsent ? "oui" : null),
    ];

    /// <summary>Whether the appointment carries these answers. Someone who went back and changed them is told that they were not taken.</summary>
    public bool IsIn(Appointment appointment) =>
        Name?.Trim() == appointment.Citizen.Name
        && PhoneNumber.TryParse(Phone?.Trim(), appointment.Territory, out var phone)
        && phone == appointment.Citizen.Phone;

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => nameof(PersonForm);
}
