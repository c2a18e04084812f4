using NodaTime;
using Rdv.Functions.Http;

namespace Rdv.Functions.Absences;

/// <summary>Whether a structure works on a public holiday.</summary>
public sealed record HolidayBody(bool? Open)
{
    /// <param name="date">As the address has it.</param>
    public Result<(LocalDate Day, bool Open)> Read(string date) =>
        Values.ParseDay(date) is not { } day ? new Refusal.Invalid("date", "Ce jour ne se lit pas. Exemple : 2026-11-11.")
        : Open is not { } open ? new Refusal.Invalid("open", "Dites si la structure est ouverte : true ou false.")
        : (day, open);
}
