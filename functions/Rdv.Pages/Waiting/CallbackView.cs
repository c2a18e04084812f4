using Rdv.Directory;
using Rdv.Pages.Shared;
using Rdv.Pages.Workshops;

namespace Rdv.Pages.Waiting;

/// <summary>Nothing suits: who is to be called.</summary>
/// <param name="Nonce">Makes a second click on the same button the same request.</param>
public sealed record CallbackView(Commune Commune, Topic Topic, string Nonce, PersonForm Form, FormErrors Errors)
{
    /// <summary>The full workshop in which they wait for a seat; null for who is to be called.</summary>
    public WaitedWorkshop? Workshop { get; init; }

    public static IReadOnlyList<string> Fields { get; } = [PersonForm.NameField, PersonForm.PhoneField, PersonForm.AddressField];

    public Wish Wish { get; init; } = new();

    public IEnumerable<KeyValuePair<string, string?>> Hidden =>
        [new("commune", Commune.Insee), new("sujet", Topic.Id), new(WorkshopList.Field, Workshop?.Id), new("jeton", Nonce), .. Wish.Hidden];

    public string Slots => $"/creneaux?commune={Commune.Insee}&sujet={Topic.Id}" + Wish.Query;

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => nameof(CallbackView);
}

/// <summary>A full workshop, as its title and its hour name it.</summary>
public sealed record WaitedWorkshop(string Id, string Words)
{
    public bool IsCourse { get; init; }

    public string Kind => IsCourse ? "Cours" : "Atelier";
}
