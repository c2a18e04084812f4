namespace Rdv.Directory;

public enum Audience
{
    Citizen,
    Business,
}

/// <summary>What an appointment is about.</summary>
/// <param name="Label">In French, as people read it.</param>
/// <param name="Minutes">How long an individual appointment about it lasts.</param>
public sealed record Topic(string Id, string Label, string Group, Audience Audience, int Minutes)
{
    /// <summary>How long an appointment about it lasts, on the grid of a day: half as long again with who speaks sign language.</summary>
    /// <param name="signs">Who comes speaks French sign language: all that is said is said through an interpreter, or written.</param>
    public int MinutesFor(bool signs) => signs ? (((Minutes * 3 / 2) + DayGrid.MinutesPerCell - 1) / DayGrid.MinutesPerCell) * DayGrid.MinutesPerCell : Minutes;
}
