using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Rdv.Functions.Agenda;

namespace Rdv.Functions.Http;

/// <summary>Every problem that the API answers, with its status and its stable code (RFC 9457). Titles are for people, in French.</summary>
public static class Problems
{
    public static ProblemHttpResult Invalid(FieldErrors errors) => Of(
        StatusCodes.Status400BadRequest, "invalid", "La demande n'est pas correcte.", ("errors", errors.ByField));

    public static ProblemHttpResult Invalid(string field, string message) => Invalid(FieldErrors.Of(field, message));

    public static ProblemHttpResult Unauthenticated() => Of(StatusCodes.Status401Unauthorized, "unauthenticated", "Connectez-vous.");

    public static ProblemHttpResult Forbidden(string title = "Vous n'avez pas accès à ceci.") => Of(StatusCodes.Status403Forbidden, "forbidden", title);

    public static ProblemHttpResult NotFound() => Of(StatusCodes.Status404NotFound, "not-found", "Nous n'avons rien trouvé.");

    public static ProblemHttpResult SlotTaken(object alternatives) => Of(
        StatusCodes.Status409Conflict, "slot-taken", "Cette heure vient d'être prise.", ("alternatives", alternatives));

    public static ProblemHttpResult IdempotencyMismatch() => Of(
        StatusCodes.Status409Conflict, "idempotency-mismatch", "La même clé est venue avec une autre demande.");

    public static ProblemHttpResult Stale() => Of(StatusCodes.Status409Conflict, "stale", "Cela a changé entre-temps.");

    /// <summary>A condition on what is read does not hold (<c>If-Match</c>; RFC 9110, 15.5.13).</summary>
    public static ProblemHttpResult StaleRead() => Of(StatusCodes.Status412PreconditionFailed, "stale", "Cela a changé entre-temps.");

    public static ProblemHttpResult AppointmentsInside(IEnumerable<string> references, IEnumerable<string> workshops) => Of(
        StatusCodes.Status409Conflict,
        "appointments-inside",
        "Des rendez-vous sont pris pendant cette période.",
        ("appointments", references),
        ("workshops", workshops));

    public static ProblemHttpResult StillToCome(IEnumerable<string> references) => Of(
        StatusCodes.Status409Conflict, "still-to-come", "Cette personne a encore des rendez-vous à venir.", ("appointments", references));

    public static ProblemHttpResult Overlap(string message) => Of(
        StatusCodes.Status409Conflict, "overlap", "Deux périodes se chevauchent.", ("errors", FieldErrors.Of("body", message).ByField));

    public static ProblemHttpResult TooLate(string title = "Il est trop tard pour changer ce rendez-vous.") => Of(StatusCodes.Status409Conflict, "too-late", title);

    public static IResult TooMany(int retryAfterSeconds = 60, string title = "Trop de demandes. Réessayez dans un moment, ou appelez-nous.") =>
        new WithRetryAfter(Of(StatusCodes.Status429TooManyRequests, "too-many", title), retryAfterSeconds);

    public static IResult Busy(int retryAfterSeconds = 2) => new WithRetryAfter(
        Of(StatusCodes.Status503ServiceUnavailable, "busy", "Le service est très demandé. Rien n'a été fait : réessayez."), retryAfterSeconds);

    /// <summary>Storage was lost after a write had left: the same call with the same <c>Idempotency-Key</c> finds out.</summary>
    public static IResult Unsure(int retryAfterSeconds = 10) => new WithRetryAfter(
        Of(StatusCodes.Status504GatewayTimeout, "unsure", "Nous ne savons pas si votre demande a abouti. Envoyez-la de nouveau, avec la même clé."),
        retryAfterSeconds);

    /// <summary>The one mapping of what a use case refuses.</summary>
    public static IResult Of(Refusal refusal) => refusal switch
    {
        Refusal.Invalid invalid => Invalid(invalid.Errors),
        Refusal.Forbidden => Forbidden(),
        Refusal.NotFound => NotFound(),
        Refusal.SlotTaken taken => SlotTaken(SlotView.Of(taken.Alternatives, taken.Territory)),
        Refusal.IdempotencyMismatch => IdempotencyMismatch(),
        Refusal.Stale => Stale(),
        Refusal.TooLate { Message: { } message } => TooLate(message),
        Refusal.TooLate => TooLate(),
        Refusal.AppointmentsInside inside => AppointmentsInside(
            inside.Appointments.Select(reference => reference.ToString()), inside.Workshops.Select(workshop => workshop.Value)),
        Refusal.StillToCome toCome => StillToCome(toCome.Appointments.Select(reference => reference.ToString())),
        Refusal.Overlap overlap => Overlap(overlap.Message),
        Refusal.TooMany { RetryAfter: { } wait } => TooMany((int)Math.Ceiling(wait.TotalSeconds)),
        // To wait does not help: a client that comes back by itself does so in a day.
        Refusal.TooMany { Message: { } message } => TooMany(24 * 60 * 60, message),
        Refusal.TooMany => TooMany(),
        _ => throw new UnreachableException("A refusal without a problem."),
    };

    /// <summary>What storage did to a call that it did not answer; null for any other exception, which is a bug.</summary>
    public static IResult? Of(Exception exception) => exception switch
    {
        StorageUnavailableException or ContendedException => Busy(),
        UnknownOutcomeException => Unsure(),
        _ => null,
    };

    /// <summary>A bug of ours: whether anything was done is not known.</summary>
    public static ProblemHttpResult Failed() => Of(
        StatusCodes.Status500InternalServerError, "failed", "Une erreur est survenue de notre côté. Appelez-nous si elle revient.");

    private static ProblemHttpResult Of(int status, string code, string title, params ReadOnlySpan<(string Name, object Value)> more)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = code };
        foreach (var (name, value) in more)
        {
            extensions[name] = value;
        }

        return TypedResults.Problem(title: title, statusCode: status, type: "about:blank", extensions: extensions);
    }
}
