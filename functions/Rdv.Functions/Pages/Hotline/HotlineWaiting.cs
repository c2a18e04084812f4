using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Pages.Hotline;
using Rdv.Pages.Shared;
using Rdv.Territories;
using Rdv.Waiting;

namespace Rdv.Functions.Pages.Hotline;

/// <summary>The waiting list, for a caller: put on it, take a freed slot, cross off.</summary>
public sealed class HotlineWaiting(
    AskToBeCalled ask,
    FindWaiting find,
    ClaimOffer claim,
    LeaveWaitingList leave,
    ITerritoryDirectories directories,
    StaffPages staff,
    PageResults pages,
    RdvSettings settings,
    IClock clock)
{
    [Function("HotlineAddWaitingPage")]
    public Task<IResult> AddAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/attente")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, "/hotline", member => member.MayUseHotline, async member =>
        {
            if (await PostedForm.ReadAsync(request, settings, cancellationToken) is not { } form
                || !Territory.TryParse(form["territoire"], out var territory)
                || Topics.Find(form[HotlineView.TopicField]) is not { } topic)
            {
                return pages.Refused();
            }

            var commune = Communes.Find(form["commune"]);
            var person = PersonForm.Read(field => form[field]);
            var nonce = form["jeton"];
            var identity = RequestIdentity.Of(
                "page-hotline-callback", string.IsNullOrEmpty(nonce) ? null : $"{nonce}|{person.Name?.Trim()}|{person.Phone?.Trim()}", "");
            return await ask.ExecuteAsync(
                new CallbackRequest(territory, topic.Id, commune?.Insee, person.Citizen, person.Note, member.Actor, identity), cancellationToken) switch
            {
                CallbackOutcome.Listed listed => PageResults.SeeOther($"/hotline/attente/{listed.Id}?nouveau=1"),
                CallbackOutcome.Invalid invalid => pages.ShowPrivate<AddWaitingPage, AddWaitingView>(
                    new AddWaitingView(
                        topic.Label,
                        commune?.Name ?? $"Département {territory}",
                        [new("territoire", territory.Code), new("commune", commune?.Insee), new(HotlineView.TopicField, topic.Id), new("jeton", nonce)],
                        person,
                        FormErrors.Of(invalid.Errors)),
                    StatusCodes.Status400BadRequest),
                CallbackOutcome.TooMany => pages.WaitingTooOften(),
                CallbackOutcome.IdempotencyMismatch => pages.StartAgain(),
                _ => pages.Busy(),
            };
        }, cancellationToken);

    [Function("HotlineWaitingPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "hotline/attente/{person}")] HttpRequest request,
        string person, CancellationToken cancellationToken) => staff.RunAsync(request, "/hotline", member => member.MayUseHotline, async member =>
        WaitingId.TryParse(person, out var id)
            ? await find.ExecuteAsync(id, new Access.ByStaff(member.Actor), cancellationToken) switch
            {
                WaitingFound.Waits(var who, var free) => pages.ShowPrivate<HotlineWaitingPage, HotlineWaitingView>(
                    HotlineWaitingView.Of(who, free, await directories.GetAsync(id.Territory, cancellationToken), clock.GetCurrentInstant()) with
                    {
                        Added = request.Query["nouveau"] == "1",
                        Gone = request.Query["pris"] == "1",
                    }),
                _ => pages.ShowPrivate<MessagePage, MessageView>(MessageView.HotlineNotWaiting, StatusCodes.Status404NotFound),
            }
            : pages.NotFound(), cancellationToken);

    [Function("HotlineClaimOfferPage")]
    public Task<IResult> ClaimAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/attente/{person}/prendre")] HttpRequest request,
        string person, CancellationToken cancellationToken) => staff.RunAsync(request, "/hotline", member => member.MayUseHotline, async member =>
    {
        if (await PostedForm.ReadAsync(request, settings, cancellationToken) is not { } form
            || !SlotValue.TryParse(form["creneau"], out var slot)
            || !WaitingId.TryParse(person, out var id))
        {
            return pages.Refused();
        }

        return await claim.ExecuteAsync(
            new ClaimRequest(id, new Access.ByStaff(member.Actor), BookingDraft.InstantOf(id.Territory, slot.Start), slot.PlaceId), cancellationToken) switch
        {
            ClaimOutcome.Booked booked => PageResults.SeeOther($"/hotline/rendez-vous/{booked.Appointment.Reference}?nouveau={(booked.Repeated ? "deja" : "1")}"),
            ClaimOutcome.Busy => pages.Busy(),
            _ => PageResults.SeeOther($"/hotline/attente/{id}?pris=1"),
        };
    }, cancellationToken);

    [Function("HotlineLeaveWaitingListPage")]
    public Task<IResult> LeaveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/attente/{person}/retirer")] HttpRequest request,
        string person, CancellationToken cancellationToken) => staff.RunAsync(request, "/hotline", member => member.MayUseHotline, async member =>
    {
        if (await PostedForm.ReadAsync(request, settings, cancellationToken) is null || !WaitingId.TryParse(person, out var id))
        {
            return pages.Refused();
        }

        return await leave.ExecuteAsync(id, new Access.ByStaff(member.Actor), cancellationToken) is LeaveListOutcome.Busy
            ? pages.Busy()
            : PageResults.SeeOther($"/hotline/attente/{id}");
    }, cancellationToken);
}
