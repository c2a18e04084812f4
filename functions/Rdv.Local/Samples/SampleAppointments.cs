using Rdv.Appointments;
using Rdv.Ids;
using Rdv.People;

namespace Rdv.Local.Samples;

/// <summary>Who comes to the advisors of the sample département that is known by name, and when. People and numbers are fictional.</summary>
internal static class SampleAppointments
{
    /// <summary>Of who waits in the town that is full.</summary>
    public static readonly CitizenForm Waiting = new("Suzanne Imaginaire", "06 39 98 38 20");

    public static readonly AdvisorId Free = new("irene-illustration");

    public static readonly AdvisorId Full = new("joseph-prototype");

    public const string Town = "38053";

    /// <summary>They come in turn, to whatever is taken.</summary>
    public static readonly (string Name, string Phone)[] People =
    [
        ("Ginette Inventée", "06 39 98 38 01"),
        ("Marcel Imaginaire", "06 39 98 38 02"),
        ("Fatima Inventée", "06 39 98 38 03"),
        ("Lucien Imaginaire", "01 99 00 38 04"),
        ("Rosa Inventée", "06 39 98 38 05"),
        ("Paul Imaginaire", "06 39 98 38 06"),
        ("Yvonne Inventée", "06 39 98 38 07"),
        ("Ahmed Imaginaire", "06 39 98 38 08"),
    ];

    private static readonly string[] Topics = ["premiers-pas", "courriels", "demarches", "smartphone"];

    /// <summary>The past of <see cref="Free"/>: open days ago, which of the hours of that day, and what came of it. Of the last, nobody has said yet who came.</summary>
    public static readonly (int DaysAgo, int Hour, AppointmentStatus Status)[] Past =
    [
        (18, 0, AppointmentStatus.Kept),
        (17, 3, AppointmentStatus.Kept),
        (15, 1, AppointmentStatus.Missed),
        (13, 4, AppointmentStatus.Kept),
        (11, 2, AppointmentStatus.Cancelled),
        (9, 0, AppointmentStatus.Kept),
        (8, 5, AppointmentStatus.Kept),
        (6, 1, AppointmentStatus.Missed),
        (5, 3, AppointmentStatus.Kept),
        (3, 0, AppointmentStatus.Kept),
        (2, 4, AppointmentStatus.Kept),
        (1, 2, AppointmentStatus.Booked),
    ];

    /// <summary>What <see cref="Free"/> has to come: open days ahead, and which of the hours of that day.</summary>
    public static readonly (int DaysAhead, int Hour)[] ToCome = [(1, 0), (2, 3), (4, 1), (6, 4)];

    public static string Topic(int number) => Topics[number % Topics.Length];
}
