namespace Rdv.Directory;

public enum Audience
{
    Citizen,
    Business,
}

/// <summary>What an appointment is about.</summary>
/// <param name="Label">In French, as people read it.</param>
/// <param name="Minutes">How long an individual appointment about it lasts.</param>
public sealed record Topic(string Id, string Label, string Group, Audience Audience, int Minutes);
