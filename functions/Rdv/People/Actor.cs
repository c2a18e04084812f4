namespace Rdv.People;

/// <summary>Who acts: the citizen on the web, the hotline for a caller, an advisor for the person in front of them.</summary>
public enum Actor
{
    Citizen,
    Hotline,
    Advisor,
}
