using Microsoft.AspNetCore.Http;
using Rdv.Absences;
using Rdv.Functions.Http;

namespace Rdv.Functions.Absences;

/// <summary>An absence or a closure as the API answers it.</summary>
internal sealed record AbsenceView(string Id, IEnumerable<string> Cancelled, IEnumerable<string> Reassigned)
{
    /// <param name="path">Of the absences among which it is.</param>
    public static IResult Created(AbsenceAdded added, string path) => Json.Created(
        new AbsenceView(
            added.Absence.Id,
            added.Absence.Cancelled.Select(reference => reference.ToString()),
            added.Absence.Reassigned.Select(reference => reference.ToString())),
        $"{path}/{added.Absence.Id}",
        added.Repeated);
}
