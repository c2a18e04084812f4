using System.Collections.Immutable;
using NodaTime;

namespace Rdv.Agenda;

/// <summary>One day of one advisor: what takes time, and what is counted. Never changed: each change is a new one.</summary>
/// <param name="Cancelled">Appointments of that day that were cancelled.</param>
/// <param name="WalkIns">Visits without an appointment.</param>
/// <param name="OfferedMinutes">What was offered, once the day is past and frozen; null before.</param>
public sealed record DayAgenda(ImmutableArray<AgendaEntry> Entries, int Cancelled = 0, int WalkIns = 0, int? OfferedMinutes = null)
{
    /// <summary>More would no longer fit a stored property with certainty; no real day comes near.</summary>
    public const int MaxEntries = 100;

    public static DayAgenda Empty { get; } = new([]);

    public bool IsFull => Entries.Length >= MaxEntries;

    /// <summary>The cells that are taken at this instant; a hold that has expired takes none.</summary>
    /// <param name="except">The id of an entry that does not count: one's own hold, or the appointment that moves.</param>
    public DayGrid Busy(Instant now, string? except = null)
    {
        var busy = default(DayGrid);
        foreach (var entry in Entries)
        {
            if (entry.TakesTime(now) && entry.Id != except)
            {
                busy |= entry.Grid;
            }
        }

        return busy;
    }

    public AgendaEntry? Find(string id) => Entries.FirstOrDefault(entry => entry.Id == id);

    /// <summary>Adds an entry, in order of time, and drops the holds that have expired.</summary>
    public DayAgenda With(AgendaEntry entry, Instant now) => this with
    {
        Entries = [.. Entries.Where(other => other.TakesTime(now)).Append(entry).OrderBy(other => other.StartCell)],
    };

    public DayAgenda Without(string id) => this with { Entries = Entries.RemoveAll(entry => entry.Id == id) };
}
