using Microsoft.AspNetCore.Http;
using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Functions.Pages.Manage;
using Rdv.Ids;
using Rdv.Pages.Booking;
using Rdv.Pages.Hotline;
using Rdv.Pages.Shared;
using Rdv.People;

namespace Rdv.Functions.Pages.Hotline;

/// <summary>Puts together the page of a call: the person, what they have, and what can be proposed to them.</summary>
public sealed class CallerDesk(
    ManagedAppointments appointments,
    IAppointmentStore store,
    ITerritoryDirectories directories,
    SearchSlots search,
    SearchElsewhere elsewhere,
    ServedCommunes served,
    PageResults pages,
    IClock clock)
{
    /// <summary>What is told of messages: a query each, and nobody reads about more on the telephone.</summary>
    private const int MaxTold = 3;

    /// <summary>What was found out in this call, read again.</summary>
    public async Task<IResult> ShowAsync(HotlineView view, CancellationToken cancellationToken)
    {
        var found = new List<Appointment>(view.Form.Known.Count);
        foreach (var reference in view.Form.Known)
        {
            if (await appointments.FindAsync(reference, new Access.ByStaff(Actor.Hotline), cancellationToken) is { } managed)
            {
                found.Add(managed.Appointment);
            }
        }

        return await ShowAsync(view with { Callers = view.Form.Known.Count > 0 || view.Form.Phone is not null ? [] : view.Callers }, found, cancellationToken);
    }

    /// <param name="found">All that the person has; of several persons, when it is not known yet who calls.</param>
    public async Task<IResult> ShowAsync(HotlineView view, IReadOnlyList<Appointment> found, CancellationToken cancellationToken)
    {
        var callers = found.Count == 0 ? view.Callers : CallerView.Of(await CardsAsync(found, cancellationToken));
        view = view with { Callers = callers };

        // What is only spelled nearly so stays in the order of its nearness.
        if ((view.Where ?? view.Query) is { } typed && Communes.Search(typed, 1).Count > 0)
        {
            view = view with { Matches = await served.FirstAsync(view.Matches, typed, cancellationToken) };
        }

        if (view.Caller is { } caller)
        {
            view = view with { Form = await KnowingAsync(view.Form, caller, found, cancellationToken) };
        }

        return pages.ShowPrivate<HotlinePage, HotlineView>(
            view is { Form: { Territory: not null, Topic: not null }, Errors.Any: false, Callers: null or { Count: < 2 } }
                ? view with { Proposals = await ProposeAsync(view.Form, cancellationToken) }
                : view,
            view.Errors.Any ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    /// <summary>Who is known lives near where they went the last time, and most come again about the same.</summary>
    private async Task<CallerForm> KnowingAsync(CallerForm form, CallerView caller, IReadOnlyList<Appointment> found, CancellationToken cancellationToken)
    {
        form = form with
        {
            Known = [.. caller.References],
            Phone = form.Phone ?? caller.Phone,
            Name = form.Name ?? caller.OnlyName,
            Topic = form.Topic ?? Topics.Find(found[0].Topic),
        };
        if (form.Territory is not null)
        {
            return form;
        }

        var directory = await directories.GetAsync(found[0].Territory, cancellationToken);
        return form with
        {
            Territory = found[0].Territory,
            Insee = Communes.Find(directory.Places.GetValueOrDefault(found[0].PlaceId)?.Insee)?.Insee,
        };
    }

    private async Task<ProposalsView?> ProposeAsync(CallerForm form, CancellationToken cancellationToken)
    {
        var asked = new SlotSearch(
            form.Territory!.Value,
            form.Topic!.Id,
            Days: form.Soon ? ProposalsView.SoonDays : ProposalsView.Days,
            Place: form.PlaceId is { } place && DirectoryIds.IsValid(place) ? new PlaceId(place) : null,
            Insee: form.Insee,
            OnWeb: false)
        {
            Means = form.Means,
            Signs = form.Wish.Signs,
        };
        if (!(await search.ExecuteAsync(asked, cancellationToken)).Succeeded(out var found))
        {
            return null;
        }

        var today = clock.GetCurrentInstant().InZone(asked.Territory.Zone).Date;
        return ProposalsView.Of(form, found, BookingDraft.DrawNonce(), today) with
        {
            Elsewhere = ElsewhereChoice.Of(await elsewhere.ExecuteAsync(asked, found, cancellationToken)),
        };
    }

    private async Task<IReadOnlyList<CallerAppointment>> CardsAsync(IReadOnlyList<Appointment> found, CancellationToken cancellationToken)
    {
        var cards = new List<CallerAppointment>(found.Count);
        foreach (var appointment in found)
        {
            var card = await appointments.CardAsync(appointment, cancellationToken);
            var told = card.State == AppointmentState.ToCome && cards.Count < MaxTold
                ? (await store.ReadHistoryAsync(appointment.Reference, cancellationToken)).Messages
                : [];
            cards.Add(CallerAppointment.Of(card, told, appointment.Territory));
        }

        return cards;
    }
}
