using NodaTime;
using NodaTime.Text;
using Rdv.Calendars;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Advisors;

/// <summary>What an advisor can do on the page of the week.</summary>
/// <param name="Week">The Monday that is shown: each form comes back to it.</param>
/// <param name="Query">What names the advisor in the address, for those whose agenda it is not.</param>
/// <param name="WalkIns">How many came today without an appointment; null when the week is not this one.</param>
/// <param name="Nonce">Makes a second click on the same button the same request.</param>
/// <param name="Feed">The address of the calendar feed; null for all but the advisor, since it opens the agenda to whoever has it.</param>
public sealed record AgendaTools(LocalDate Week, string Query, int? WalkIns, string Nonce, string? Feed, CloseForm Close)
{
    /// <summary>Opens the booking with this advisor: a link for a web site or a card.</summary>
    public required string Link { get; init; }

    /// <summary>The nonce of the visit that was just counted, which can be taken back; null otherwise.</summary>
    public string? Counted { get; init; }

    /// <summary>The form that plans a workshop, as it was typed.</summary>
    public WorkshopForm Plan { get; init; } = WorkshopForm.Empty;

    /// <summary>Where a workshop may be: the advisor's own places first.</summary>
    public IReadOnlyList<SelectGroup> Places { get; init; } = [];

    /// <summary>Who could take over what is inside closed hours.</summary>
    public IReadOnlyList<SelectGroup> Colleagues { get; init; } = [];

    /// <summary>The form of a special week, as it was typed.</summary>
    public WeekForm SpecialWeek { get; init; } = WeekForm.Empty;

    /// <summary>With whom a workshop may be led.</summary>
    public IReadOnlyList<SelectGroup> CoLeaders { get; init; } = [];

    /// <summary>What the advisor keeps elsewhere.</summary>
    public IReadOnlyList<ShownCalendar> Calendars { get; init; } = [];

    /// <summary>The form that takes up a calendar, as it was typed.</summary>
    public CalendarForm Calendar { get; init; } = CalendarForm.Empty;

    /// <summary>The pause and the number a day, as they are.</summary>
    public RulesForm Rules { get; init; } = RulesForm.Empty;

    /// <summary>The week itself.</summary>
    public string Page => $"/advisor?du={LocalDatePattern.Iso.Format(Week)}{Query}";

    /// <summary>Where the opening hours are changed.</summary>
    public string Hours => Query.Length == 0 ? "/advisor/heures" : $"/advisor/heures?{Query[1..]}";

    public string Address(string what) => $"/advisor/{what}?du={LocalDatePattern.Iso.Format(Week)}{Query}";

    // The feed's address is a secret: a record would print it.
    public override string ToString() => LocalDatePattern.Iso.Format(Week);
}
