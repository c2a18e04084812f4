using Rdv.Pages.Shared;

namespace Rdv.Pages.Manage;

/// <summary>Another time that was chosen, before anything is moved.</summary>
/// <param name="Value">See <see cref="SlotValue"/>.</param>
/// <param name="Version">Of the appointment that was seen.</param>
public sealed record MoveAsked(ManageView Appointment, SlotSummary To, string Value, string? Version)
{
    /// <summary>Posted by who has seen both times.</summary>
    public const string ConfirmField = "oui";
}
