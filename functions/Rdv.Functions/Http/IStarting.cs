using Microsoft.AspNetCore.Http;

namespace Rdv.Functions.Http;

/// <summary>A body that says when something starts.</summary>
public interface IStarting
{
    // To be told what was written; an instant has some 25 characters.
    private const int Longest = 40;

    /// <summary>An instant (RFC 3339); null when it is left out.</summary>
    string? Start { get; }

    /// <summary>What to answer to a start that cannot be read; null when it can, or is left out.</summary>
    internal IResult? Problem => Start is { } start && Values.ParseInstant(start) is null
        ? Problems.Invalid(
            "start",
            $"« {(start.Length > Longest ? start[..Longest] + "…" : start)} » ne se lit pas. Écrivez le jour, l'heure et le décalage, par exemple 2026-12-01T14:00:00+01:00.")
        : null;
}
