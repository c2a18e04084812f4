using System.Collections.Immutable;
using NodaTime;
using Rdv.Directory;

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

    public AgendaEntry? Find(string id) => Entries.FirstOrDefault(entry => entry.Id == id);

    /// <summary>Adds an entry, in order of time, and drops the holds that have expired.</summary>
    public DayAgenda With(AgendaEntry entry, Instant now) => this with
    {
        Entries = [.. Entries.Where(other => other.TakesTime(now)).Append(entry).OrderBy(other => other.StartCell)],
    };

    /// <summary>Puts an entry in the place of the one that has its id.</summary>
    public DayAgenda Replacing(AgendaEntry entry) => this with
    {
        Entries = [.. Entries.Select(other => other.Id == entry.Id ? entry : other)],
    };

    public DayAgenda Without(string id) => this with { Entries = Entries.RemoveAll(entry => entry.Id == id) };

    /// <summary>Takes a hold away, and nothing that only bears its id.</summary>
    public DayAgenda WithoutHold(string id) => this with { Entries = Entries.RemoveAll(entry => IsHold(entry, id)) };

    private static bool IsHold(AgendaEntry entry, string? id) => entry.Kind == EntryKind.Hold && entry.Id == id;
}
