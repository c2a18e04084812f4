using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Appointments;

/// <summary>The seats of one person in the sessions of a course, booked as one. Each of them knows them all.</summary>
/// <param name="Codes">Of their references, one after the other, in the order of the sessions.</param>
public sealed record Enrolment(string Codes)
{
    public int Count => Codes.Length / AppointmentReference.CodeLength;

    /// <summary>Of the appointment that was booked first: the person is told of the whole with it.</summary>
    public string First => Codes[..AppointmentReference.CodeLength];

    public static Enrolment Of(IEnumerable<AppointmentReference> references) => new(string.Concat(references.Select(reference => reference.Code)));

    public IEnumerable<AppointmentReference> References(Territory territory)
    {
        for (var at = 0; at < Codes.Length; at += AppointmentReference.CodeLength)
        {
            yield return AppointmentReference.OfCode(territory, Codes.Substring(at, AppointmentReference.CodeLength));
        }
    }
}
