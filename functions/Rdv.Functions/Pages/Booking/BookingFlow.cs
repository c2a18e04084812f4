using Microsoft.AspNetCore.Http;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Functions.Pages.Workshops;
using Rdv.Pages.Booking;
using Rdv.Pages.Hotline;
using Rdv.Pages.Shared;
using Rdv.Pages.Workshops;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Booking;

/// <summary>From the chosen hour to the appointment, for citizens and for callers alike.</summary>
public sealed class BookingFlow(
    BookAppointment book, VisitorQuota visitors, BookingDrafts drafts, Details details, WorkshopChoices workshops, ITerritoryDirectories directories, Links links, PageResults pages)
{
    /// <summary>Books what a sealed draft and the fields of a person say.</summary>
    /// <param name="visitor">Null for an operator, and where nothing is limited.</param>
    public async Task<IResult> SubmitAsync(BookingDoor door, Visitor? visitor, PostedForm form, CancellationToken cancellationToken)
    {
        if (drafts.Open(form["demande"]) is not { } draft)
        {
            return pages.StartAgain();
        }

        // Another hour, chosen when the first one turned out to be taken.
        if (draft.Seat is null && SlotValue.TryParse(form["creneau"], out var other))
        {
            draft = draft with { Slot = other, Hold = null, KeptUntil = null, Wish = draft.Wish with { Advisor = null } };
        }

        IReadOnlyList<KeyValuePair<string, string?>> carried = door == BookingDoor.Hotline ? CallerForm.Read(field => form[field]).Hidden : [];
        return await BookAsync(
            door, visitor, carried, await workshops.WithOtherAsync(draft, form[WorkshopList.Field], cancellationToken), PersonForm.Read(field => form[field]), cancellationToken);
    }

    /// <param name="carried">What the page before knew, for the way back to it.</param>
    public async Task<IResult> ShowDetailsAsync(
        BookingDoor door,
        BookingDraft draft,
        PersonForm person,
        FormErrors errors,
        CancellationToken cancellationToken,
        IReadOnlyList<KeyValuePair<string, string?>>? carried = null)
    {
        var view = await details.ShowAsync(draft, person, errors, cancellationToken) with { Carried = carried ?? [] };
        var statusCode = errors.Any ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        return door == BookingDoor.Public
            ? pages.ShowPrivate<DetailsPage, DetailsView>(view, statusCode)
            : pages.ShowPrivate<HotlineDetailsPage, DetailsView>(view, statusCode);
    }

    /// <summary>The nearest hours in place of one that is gone.</summary>
    /// <param name="hidden">What the form carries on.</param>
    /// <param name="booksAtOnce">Whether choosing one of them books it, since the person has been named.</param>
    public async Task<IResult> ShowTakenAsync(
        Territory territory,
        SlotValue slot,
        Refusal.SlotTaken taken,
        string action,
        IReadOnlyList<KeyValuePair<string, string?>> hidden,
        bool booksAtOnce,
        string otherwise,
        CancellationToken cancellationToken) => pages.ShowPrivate<SlotTakenPage, SlotTakenView>(
            new SlotTakenView(
                Words.Moment(slot.Start),
                SlotList.Alternatives(await directories.GetAsync(territory, cancellationToken), taken.Alternatives),
                action,
                hidden,
                booksAtOnce,
                otherwise)
            {
                ForStaff = otherwise == BookingDoor.Hotline.Home,
            },
            StatusCodes.Status409Conflict);

    private async Task<IResult> BookAsync(
        BookingDoor door, Visitor? visitor, IReadOnlyList<KeyValuePair<string, string?>> carried, BookingDraft draft, PersonForm person, CancellationToken cancellationToken)
    {
        var result = await visitors.RunAsync(visitor, draft.Request, () => book.ExecuteAsync(draft.ToRequest(person, door.By), cancellationToken), cancellationToken);
        if (result.Succeeded(out var booked))
        {
            var news = booked.Repeated && !person.IsIn(booked.Appointment) ? "deja" : "1";
            return PageResults.SeeOther($"{door.AddressOf(booked.Appointment, links)}?nouveau={news}");
        }

        if (await workshops.GoneAsync(result.Refusal!, draft, person, door.SubmitAddress, door.Home, cancellationToken) is { } gone)
        {
            return pages.ShowPrivate<WorkshopGonePage, WorkshopGoneView>(gone, StatusCodes.Status409Conflict);
        }

        return result.Refusal switch
        {
            Refusal.SlotTaken taken => await ShowTakenAsync(
                draft.Territory,
                draft.Slot,
                taken,
                door.SubmitAddress,
                [new("demande", drafts.Seal(draft)), .. person.Hidden, .. carried],
                booksAtOnce: true,
                door.Otherwise(draft.Insee, draft.Topic.Id, draft.Wish),
                cancellationToken),
            Refusal.Invalid invalid => await ShowDetailsAsync(door, draft, person, FormErrors.Of(invalid.Errors), cancellationToken, carried),
            var refusal => pages.Of(refusal!),
        };
    }
}
