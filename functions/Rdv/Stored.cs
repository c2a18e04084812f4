namespace Rdv;

/// <summary>Something read from storage, with the ETag that guards the next write.</summary>
public sealed record Stored<T>(T Value, string ETag);
