using System.Globalization;
using Microsoft.AspNetCore.Http;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Ids;
using Rdv.Pages.Booking;
using Rdv.Pages.Manage;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Manage;

/// <summary>Cancels and moves an appointment, for the person behind a link and for the operator alike.</summary>
public sealed class ManageFlow(CancelAppointment cancel, MoveAppointment move, MoveChoices choices, PageResults pages)
{
    public IResult AskCancel(Managed managed) => managed.View.Card.MayCancel
        ? Show<CancelPage, ManageView>(managed, managed.View)
        : PageResults.SeeOther(managed.View.Address);

    /// <summary>All that is to come of a course, or the one session that the form names: it was booked with the one that the link opens.</summary>
    public async Task<IResult> CancelAsync(PostedForm form, Managed managed, CancellationToken cancellationToken)
    {
        var only = managed.View.Card.Sessions.FirstOrDefault(session => session.Reference == form[ManageView.SessionField]);
        var (reference, access) = only is not null && AppointmentReference.TryParse(only.Reference, out var parsed)
            ? (parsed, new Access.ByStaff(managed.Access.Actor))
            : (managed.Appointment.Reference, managed.Access);
        return (await cancel.ExecuteAsync(reference, access, reason: null, cancellationToken, whole: only is null)).Match(
            cancelled => PageResults.SeeOther($"{managed.View.Address}?{(only is null ? "annule" : "seance")}={(cancelled.Repeated ? "deja" : "1")}"),
            refusal => refusal is Refusal.TooLate ? PageResults.SeeOther(managed.View.Address + "?tard=1") : pages.Of(refusal));
    }

    public async Task<IResult> AskMoveAsync(HttpRequest request, Managed managed, CancellationToken cancellationToken)
    {
        var places = Query.Number(request, "lieux", FewPlaces(managed), SlotsView.AllPlaces);
        return managed.View.Card.MayMove
            && await choices.FindAsync(managed, Query.Date(request, "du"), places, notice: null, cancellationToken) is { } choice
                ? Show<MovePage, MoveView>(managed, choice)
                : PageResults.SeeOther(managed.View.Address);
    }

    public async Task<IResult> MoveAsync(PostedForm form, Managed managed, CancellationToken cancellationToken)
    {
        if (!SlotValue.TryParse(form["creneau"], out var slot))
        {
            return pages.Refused();
        }

        if (managed.View.Card.MayMove && form[MoveAsked.ConfirmField] is null && await choices.AskedAsync(managed, slot, form["version"], cancellationToken) is { } asked)
        {
            return Show<MoveAskedPage, MoveAsked>(managed, asked);
        }

        return managed.View.Card.IsSeat
            ? PageResults.SeeOther(managed.View.Address)
            : (await move.ExecuteAsync(Read(form, managed, slot), cancellationToken)).Refusal switch
            {
                null => PageResults.SeeOther(managed.View.Address + "?deplace=1"),
                Refusal.TooLate => PageResults.SeeOther(managed.View.Address + "?tard=1"),
                var refusal when Notice(refusal) is { } notice
                    && await choices.FindAsync(managed, slot.Start.Date, FewPlaces(managed), notice, cancellationToken) is { } again =>
                    Show<MovePage, MoveView>(managed, again, StatusCodes.Status409Conflict),
                var refusal => pages.Of(refusal),
            };
    }

    private static MoveRequest Read(PostedForm form, Managed managed, SlotValue slot) => new(
        managed.Appointment.Reference,
        managed.Access,
        BookingDraft.InstantOf(managed.Appointment.Territory, slot.Start),
        slot.PlaceId.Value,
        AdvisorId: null,
        Hold: null,
        int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : null);

    /// <returns>Null when choosing another time would not help.</returns>
    private static string? Notice(Refusal refusal) => refusal switch
    {
        Refusal.SlotTaken => "Cette heure vient d'être prise. Choisissez-en une autre.",
        Refusal.Stale => "Ce rendez-vous a changé entre-temps. Regardez l'heure ci-dessous, puis choisissez.",
        Refusal.Invalid invalid => string.Join(" ", invalid.Errors.ByField.Values.SelectMany(messages => messages)),
        _ => null,
    };

    // An operator sees more at once than fits a telephone.
    private static int FewPlaces(Managed managed) => managed.View.ForStaff ? SlotsView.ManyPlaces : SlotsView.FewPlaces;

    private IResult Show<TPage, TView>(Managed managed, TView view, int statusCode = StatusCodes.Status200OK)
        where TPage : PageOf<TView> => managed.View.ForStaff ? pages.ShowPrivate<TPage, TView>(view, statusCode) : pages.ShowByKey<TPage, TView>(view, statusCode);
}
