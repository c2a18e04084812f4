using NodaTime;
using Rdv.Functions.Http;

namespace Rdv.Functions.Agenda;

/// <summary>The body of a leave.</summary>
public sealed record LeaveBody(string? On)
{
    public Result<LocalDate> Read() =>
        Values.ParseDay(On) is { } on ? on : new Refusal.Invalid("on", "Ce jour ne se lit pas. Exemple : 2026-11-24.");
}
