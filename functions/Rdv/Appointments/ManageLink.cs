namespace Rdv.Appointments;

/// <summary>The address of the page that shows an appointment, with buttons to cancel and to move it: the link in an SMS.</summary>
public static class ManageLink
{
    public static string Of(Appointment appointment, RdvSettings settings, Links links) =>
        $"{settings.SiteBaseUrl}/r/{appointment.Reference}/{links.KeyOf(appointment)}";
}
