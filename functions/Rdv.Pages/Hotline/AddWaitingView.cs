using Rdv.Pages.Shared;

namespace Rdv.Pages.Hotline;

/// <summary>The form that puts a caller on the waiting list, when something in it must be corrected.</summary>
/// <param name="Hidden">What was chosen before.</param>
public sealed record AddWaitingView(
    string Topic, string Where, IReadOnlyList<KeyValuePair<string, string?>> Hidden, PersonForm Form, FormErrors Errors)
{
    public static IReadOnlyList<string> Fields { get; } = [PersonForm.NameField, PersonForm.PhoneField, PersonForm.AddressField, PersonForm.NoteField];

    public bool AtHome => Hidden.Any(chosen => chosen.Key == MeansChoice.Field && MeansChoice.Read(chosen.Value) == Means.Home);

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => nameof(AddWaitingView);
}
