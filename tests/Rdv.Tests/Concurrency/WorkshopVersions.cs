using NodaTime;
using NodaTime.Text;
using Rdv.Territories;

namespace Rdv.Tests.Concurrency;

/// <summary>How each workshop stood in each of its versions, as far as the line to storage and the table tell.</summary>
internal sealed class WorkshopVersions
{
    private static readonly DateTimeZone Zone = Territory.Parse("69").Zone;

    private readonly Dictionary<(string Id, int Version), WorkshopView> _known = [];
    private readonly Dictionary<string, int> _last;

    public WorkshopVersions(Stored stored)
    {
        _last = stored.Workshops.ToDictionary(workshop => workshop.View.Id, workshop => workshop.View.Version);
        var written = from commit in stored.Commits ?? []
                      where commit.Heard is not null
                      from row in commit.Rows
                      where row.Key.StartsWith("workshop|", StringComparison.Ordinal)
                      select ViewOf(row);
        foreach (var view in written.Concat(stored.Workshops.Select(workshop => workshop.View)))
        {
            _known[(view.Id, view.Version)] = view;
        }
    }

    public bool MayBe(string id, WorkshopNow now) =>
        _known.TryGetValue((id, now.Version), out var known)
            ? known == new WorkshopView(id, now.Version, now.Start, now.IsCancelled)
            : now.Version < _last[id] && !now.IsCancelled;

    private static WorkshopView ViewOf(WrittenRow row) => new(
        row.Key["workshop|".Length..], row.Version,
        InstantPattern.ExtendedIso.Parse(row.Columns["Start"].GetString()!).Value.InZone(Zone).LocalDateTime, row.Columns["Cancelled"].GetBoolean());
}
