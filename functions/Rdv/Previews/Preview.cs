using Rdv.Appointments;
using Rdv.Ids;
using Rdv.Workshops;

namespace Rdv.Previews;

/// <summary>What a change would make of an appointment or a workshop.</summary>
public enum Becomes
{
    /// <summary>It stays, though nothing new could be booked there.</summary>
    Kept,
    Cancelled,

    /// <summary>A colleague receives the person at the same time and place.</summary>
    Reassigned,

    /// <summary>It stands in the way: nothing would be changed.</summary>
    Refused,
}

/// <summary>How the person would hear of it at once.</summary>
public enum Told
{
    None,
    Sms,

    /// <summary>The hotline calls: the number gets no SMS.</summary>
    Call,
    Mail,
}

/// <param name="To">Who would receive the person, of one that is <see cref="Becomes.Reassigned"/>.</param>
public sealed record PreviewedAppointment(Appointment Appointment, Becomes Becomes, AdvisorId? To, Told Told)
{
    /// <summary>The hotline calls them besides, to look for another hour.</summary>
    public bool IsCalledBack { get; init; }
}

/// <param name="Taken">How many have a seat.</param>
public sealed record PreviewedWorkshop(Workshop Workshop, int Taken, Becomes Becomes);

/// <summary>What would become of whom, by time; nothing of it is done.</summary>
/// <param name="Appointments">Individual ones, and seats in workshops.</param>
public sealed record Preview(IReadOnlyList<PreviewedAppointment> Appointments, IReadOnlyList<PreviewedWorkshop> Workshops)
{
    public bool IsEmpty => Appointments.Count == 0 && Workshops.Count == 0;
}
