using NodaTime;
using Rdv.Ids;

namespace Rdv.Directory;

/// <summary>The host of advisors: a town hall, a library, an association.</summary>
/// <param name="SlotStepMinutes">A slot may start every so many minutes from an opening, whatever its length. A multiple of 5.</param>
/// <param name="WorkedHolidays">Public holidays on which the structure is open all the same, in order.</param>
/// <param name="Extra">Columns of the import that Rdv does not use, kept as they came.</param>
public sealed record Structure(
    StructureId Id,
    string Name,
    string? Siret = null,
    int SlotStepMinutes = 30,
    IReadOnlyList<LocalDate>? WorkedHolidays = null,
    IReadOnlyDictionary<string, string>? Extra = null) : IDirectoryRow
{
    public bool WorksOn(LocalDate holiday) => WorkedHolidays?.Contains(holiday) ?? false;
}
