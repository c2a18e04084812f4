namespace Rdv.Functions.Agenda;

/// <summary>The body of a copy of opening hours.</summary>
/// <param name="To">The id of the colleague who gets them.</param>
public sealed record CopyHoursBody(string? To);
