using NodaTime;
using NodaTime.Text;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Agenda;

/// <summary>A part of a day that was closed and is open now.</summary>
/// <param name="FromCell">First cell, see <see cref="DayGrid"/>.</param>
/// <param name="ToCell">Excluded.</param>
public sealed record OpenedTime(LocalDate Date, int FromCell, int ToCell);

/// <summary>
/// Hours that were opened, as their chore holds them: who waits is offered them before anyone else. It is written with what opens them, so that
/// it survives a kill as they do.
/// </summary>
/// <param name="Advisors">Whose hours they are.</param>
/// <param name="Times">In the horizon; others come within reach one day at a time, and nobody waits for them yet.</param>
/// <param name="After">The last of those who wait who had their turn; null for none.</param>
public sealed record OpenedHours(IReadOnlyList<AdvisorId> Advisors, IReadOnlyList<OpenedTime> Times, WaitingTurn? After = null)
{
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    /// <summary>What a change of an advisor opens: a period where there was none, for more topics, or before they leave.</summary>
    /// <param name="to">The last day of the horizon.</param>
    public static OpenedHours Between(Advisor before, Advisor after, LocalDate from, LocalDate to)
    {
        var (old, rules) = (new AdvisorRules(before, structure: null), new AdvisorRules(after, structure: null));
        var times = new HashSet<OpenedTime>();
        for (var date = from; date <= to && !(date >= after.LeavesOn); date = date.PlusDays(1))
        {
            foreach (var period in rules.On(date.DayOfWeek))
            {
                if (period.Hours.HoldsOn(date))
                {
                    times.UnionWith(Runs(date, period.Open & ~(date >= before.LeavesOn ? default : OpenBefore(old, date, period))));
                }
            }
        }

        return new OpenedHours([after.Id], [.. times]);
    }

    /// <summary>What is written with the change; nothing when it opens nothing.</summary>
    /// <param name="subject">What was changed.</param>
    /// <param name="version">Of the subject, after the change.</param>
    public Chore? ToChore(Subject subject, int version, Instant now) =>
        Times.Count == 0 || Advisors.Count == 0 ? null : Chore.With(subject, ChoreKinds.Opened, now + Chore.InHand, version, ToStored());

    /// <summary>The same chore, for those whose turn has not come.</summary>
    public Chore Continuing(Chore chore) => Chore.With(chore.Subject, chore.Kind, chore.DueAt, chore.Version, ToStored());

    public static OpenedHours Of(Chore chore)
    {
        var stored = chore.Read<Stored>();
        return new OpenedHours(
            [.. stored.Advisors.Select(id => new AdvisorId(id))],
            [.. stored.Times.Select(text => text.Split(' ')).Select(parts => new OpenedTime(
                Day.Parse(parts[0]).Value, int.Parse(parts[1], provider: null), int.Parse(parts[2], provider: null)))],
            stored.After is { } after ? new WaitingTurn(Instant.FromUnixTimeTicks(after), stored.AfterCode ?? "") : null);
    }

    /// <summary>Hours have no code of their own: that of whose they are.</summary>
    public static Subject SubjectOf(Territory territory, string owner) =>
        new(territory, $"{Subject.DayLetter}{StableHash.Of(owner):x8}{StableHash.Of("opened " + owner):x8}");

    public static IEnumerable<RowWrite> Rows(Chore? chore) => chore is null ? [] : [new RowWrite.Put(chore)];

    private static DayGrid OpenBefore(AdvisorRules old, LocalDate date, OpenPeriod period)
    {
        var open = default(DayGrid);
        foreach (var before in old.On(date.DayOfWeek))
        {
            if (before.PlaceId == period.PlaceId && before.Hours.HoldsOn(date)
                && (before.Hours.Topics is null || period.Hours.Topics?.All(before.Hours.Topics.Contains) == true))
            {
                open |= before.Open;
            }
        }

        return open;
    }

    private static IEnumerable<OpenedTime> Runs(LocalDate date, DayGrid open)
    {
        for (var cell = 0; cell < DayGrid.Cells; cell++)
        {
            if (open.Contains(cell))
            {
                var from = cell;
                while (open.Contains(cell))
                {
                    cell++;
                }

                yield return new OpenedTime(date, from, cell);
            }
        }
    }

    private Stored ToStored() => new(
        [.. Advisors.Select(advisor => advisor.Value)],
        [.. Times.Select(time => $"{Day.Format(time.Date)} {time.FromCell} {time.ToCell}")],
        After?.AskedAt.ToUnixTimeTicks(),
        After?.Code);

    internal sealed record Stored(IReadOnlyList<string> Advisors, IReadOnlyList<string> Times, long? After, string? AfterCode);
}

/// <summary>A place in the order of asking.</summary>
public readonly record struct WaitingTurn(Instant AskedAt, string Code) : IComparable<WaitingTurn>
{
    public int CompareTo(WaitingTurn other) =>
        AskedAt != other.AskedAt ? AskedAt.CompareTo(other.AskedAt) : string.CompareOrdinal(Code, other.Code);

    public static bool operator <(WaitingTurn left, WaitingTurn right) => left.CompareTo(right) < 0;

    public static bool operator >(WaitingTurn left, WaitingTurn right) => left.CompareTo(right) > 0;

    public static bool operator <=(WaitingTurn left, WaitingTurn right) => left.CompareTo(right) <= 0;

    public static bool operator >=(WaitingTurn left, WaitingTurn right) => left.CompareTo(right) >= 0;
}
