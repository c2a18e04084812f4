using NodaTime;
using Rdv.Ids;
using Rdv.Language;
using Rdv.Territories;

namespace Rdv.Directory;

/// <summary>The host of advisors: a town hall, a library, an association.</summary>
/// <param name="SlotStepMinutes">A slot may start every so many minutes from an opening, whatever its length. A multiple of 5.</param>
/// <param name="WorkedHolidays">Public holidays on which the structure is open all the same, in order.</param>
/// <param name="Extra">Columns of the import that Rdv does not use, kept as they came.</param>
/// <param name="SourceId">The identifier that its source gives it, when that is another than <paramref name="Id"/> (docs/adr/0011).</param>
/// <param name="MovedTo">The territory in which it is now: here it only keeps what was booked.</param>
/// <param name="PhoneShare">How many hours of a hundred are kept for those who telephone, see <see cref="PhoneHours"/>: 0 to 100.</param>
public sealed record Structure(
    StructureId Id,
    string Name,
    string? Siret = null,
    int SlotStepMinutes = 30,
    IReadOnlyList<LocalDate>? WorkedHolidays = null,
    IReadOnlyDictionary<string, string>? Extra = null,
    string? SourceId = null,
    Territory? MovedTo = null,
    int PhoneShare = 0) : IDirectoryRow
{
    /// <summary>The name as people read it, see <see cref="ReadableNames"/>; what was imported stays in <see cref="Name"/>.</summary>
    public string ShownName => ReadableNames.Body(Name);

    public bool WorksOn(LocalDate holiday) => WorkedHolidays?.Contains(holiday) ?? false;
}
