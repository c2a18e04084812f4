using Rdv.Pages.Manage;

namespace Rdv.Pages.Hotline;

/// <summary>A letter about an appointment, for who has neither SMS nor mail. The postal address is printed, and kept nowhere.</summary>
/// <param name="Written">The day of the letter, in words.</param>
/// <param name="To">Name and address as the operator typed them; null before.</param>
public sealed record LetterView(ManageView Appointment, string Written, string? To)
{
    public const string Field = "adresse";

    /// <summary>Six lines of 38 characters are what a window shows.</summary>
    public const int MaxLength = 250;

    // An address is a person's: a record would print it.
    public override string ToString() => Appointment.ToString();
}
