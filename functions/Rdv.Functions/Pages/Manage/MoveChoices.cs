using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Pages.Manage;
using Rdv.Pages.Shared;
using Rdv.People;

namespace Rdv.Functions.Pages.Manage;

/// <summary>Finds the hours to which an appointment may move, the nearest places to its own first.</summary>
public sealed class MoveChoices(SearchSlots search, ITerritoryDirectories directories, RdvSettings settings, IClock clock)
{
    // Who moves an appointment looks first at the days around it.
    private const int DaysBefore = 3;

    /// <summary>Both times, before anything is moved.</summary>
    /// <returns>Null when the slot can be none.</returns>
    public async Task<MoveAsked?> AskedAsync(Managed managed, SlotValue slot, string? version, CancellationToken cancellationToken) =>
        Topics.Find(managed.Appointment.Topic) is { } topic
            ? new MoveAsked(
                managed.View,
                SlotSummary.Of(await directories.GetAsync(managed.Appointment.Territory, cancellationToken), topic, slot.Start, slot.PlaceId, managed.Appointment.Means, managed.Appointment.Minutes),
                slot.ToString(),
                version)
            : null;

    public async Task<MoveView?> FindAsync(
        Managed managed, LocalDate? from, int places, string? notice, CancellationToken cancellationToken)
    {
        var appointment = managed.Appointment;
        var window = Window.Of(appointment.Territory, from ?? appointment.LocalStart.Date.PlusDays(-DaysBefore), settings, clock);
        var directory = await directories.GetAsync(appointment.Territory, cancellationToken);
        var insee = appointment.Home?.Insee ?? directory.Places.GetValueOrDefault(appointment.PlaceId)?.Insee;
        var asked = new SlotSearch(appointment.Territory, appointment.Topic, window.From, Insee: insee, OnWeb: managed.Access.Actor == Actor.Citizen)
        {
            Means = appointment.Means,
            Minutes = appointment.Minutes,
        };
        var slots = await search.ExecuteAsync(asked, cancellationToken);
        return slots.Succeeded(out var found)
            ? new MoveView(
                managed.View,
                SlotList.From(found.Directory, found.Slots, insee, places),
                WeekView.Of(found.From, found.Days, window.Today, window.Horizon),
                NextSlot.Of(found),
                found.From,
                places,
                notice)
            : null;
    }
}
