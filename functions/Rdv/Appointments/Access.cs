using Rdv.People;

namespace Rdv.Appointments;

/// <summary>In whose name an appointment is read or changed: someone who has the key of its link, or staff who may see it.</summary>
public abstract record Access
{
    private Access()
    {
    }

    public sealed record ByKey(string? Key) : Access;

    public sealed record ByStaff(Actor By) : Access;

    public Actor Actor => this is ByStaff staff ? staff.By : Actor.Citizen;

    public bool Opens(Appointment appointment, Links links) => this switch
    {
        ByKey byKey => links.Opens(appointment, byKey.Key),
        _ => true,
    };
}
