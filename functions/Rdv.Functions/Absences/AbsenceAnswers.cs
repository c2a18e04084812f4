using Microsoft.AspNetCore.Http;
using Rdv.Absences;
using Rdv.Functions.Http;

namespace Rdv.Functions.Absences;

/// <summary>Maps the outcomes of absences and closures to answers.</summary>
internal static class AbsenceAnswers
{
    public static IResult Of(AbsenceOutcome outcome, string path) => outcome switch
    {
        AbsenceOutcome.Added added => Json.Created(
            new
            {
                added.Absence.Id,
                Cancelled = added.Absence.Cancelled.Select(reference => reference.ToString()),
                Reassigned = added.Absence.Reassigned.Select(reference => reference.ToString()),
            },
            $"{path}/{added.Absence.Id}",
            added.Repeated),
        AbsenceOutcome.AppointmentsInside inside => Problems.AppointmentsInside(inside.Appointments.Select(reference => reference.ToString()), inside.Workshops.Select(workshop => workshop.Value)),
        AbsenceOutcome.Invalid invalid => Problems.Invalid(invalid.Errors),
        AbsenceOutcome.IdempotencyMismatch => Problems.IdempotencyMismatch(),
        AbsenceOutcome.NotFound => Problems.NotFound(),
        AbsenceOutcome.Busy => Problems.Busy(),
        _ => throw new InvalidOperationException("An outcome without an answer."),
    };

    public static IResult Of(RemoveAbsenceOutcome outcome) => outcome switch
    {
        RemoveAbsenceOutcome.Removed => TypedResults.NoContent(),
        RemoveAbsenceOutcome.NotFound => Problems.NotFound(),
        _ => Problems.Busy(),
    };
}
