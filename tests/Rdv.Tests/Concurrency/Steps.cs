using System.Diagnostics;
using System.Globalization;
using NodaTime;

namespace Rdv.Tests.Concurrency;

/// <summary>
/// Makes of a history, and of what is stored at its end, the steps that the <see cref="Linearizer"/> puts in order.
/// </summary>
/// <remarks>
/// An answered call is one step between its invocation and its response, and must get from the model the answer that it got. What is
/// stored and nobody was answered (the answer was lost, or an absence did it) is a step that begins with the first call that may have
/// asked for it and has no end. A call has one effect at most; a change that no call can have asked for is a violation by itself.
/// <para>Not checked: which of several free advisors is chosen, <c>alternatives</c> and <c>nextAvailable</c>, and, for the seconds in
/// which another instance may know older hours (CachedTerritoryDirectories.MaxAge), the hours behind a search.</para>
/// </remarks>
internal sealed class Steps
{
    // The instant of a call is read before the clock: so long may be between the two.
    private static readonly long Slack = Stopwatch.Frequency / 10;

    private readonly List<Step> _steps = [];
    private readonly List<string> _violations = [];

    private Steps(IReadOnlyList<Call> calls, Stored stored)
    {
        Calls = calls;
        Stored = stored;
        Whereabouts = new Whereabouts(calls, stored);
        WorkshopVersions = new WorkshopVersions(stored);
    }

    public IReadOnlyList<Call> Calls { get; }

    public Stored Stored { get; }

    public Whereabouts Whereabouts { get; }

    public WorkshopVersions WorkshopVersions { get; }

    /// <param name="remembering">Searches of the whole territory are answered from what an instance remembers: <see cref="RecentSearches"/> looks at them.</param>
    public static (IReadOnlyList<Step> Steps, IReadOnlyList<string> Violations) Of(IReadOnlyList<Call> calls, Stored stored, bool remembering = false)
    {
        var steps = new Steps(calls, stored);
        foreach (var call in calls.Where(call => call.Answered is Answered.Busy { Wrote: true }))
        {
            steps.Violation($"busy, after a write that storage had confirmed: {call}");
        }

        ReadSteps.Add(steps, remembering);
        HoldSteps.Add(steps);
        BookSteps.Add(steps);
        EnrolSteps.Add(steps);
        CalendarSteps.Add(steps);
        ChangeSteps.Add(steps);
        AbsenceSteps.Add(steps);
        HoursSteps.Add(steps);
        WorkshopSteps.Add(steps);
        LastRead.Add(steps);
        return (steps._steps, steps._violations);
    }

    /// <summary>Whether the call was running when the change was written down, or may have been on its way still.</summary>
    public bool MayHaveMade(Call call, StoredChange change) => call.MayHaveMade(change) && LastBefore(change.At) <= LatestEnd(call);

    /// <summary>Nothing runs while the clock jumps: what was not answered before has happened by then, or does not happen.</summary>
    private long LatestEnd(Call call) => call.Ends < long.MaxValue ? call.Ended : Asked<Asked.Expire>()
        .Select(expire => expire.Call.Began)
        .Where(began => began >= call.Ended)
        .DefaultIfEmpty(long.MaxValue)
        .Min();

    /// <summary>The last instant of the history at which the product's clock, which never stands still, had not come to this.</summary>
    private long LastBefore(Instant? at) => at is null
        ? 0
        : Calls.SelectMany(call => new[] { (Clock: call.Since, Instant: call.Began), (Clock: call.Until, Instant: call.Ended) })
            .Where(look => look.Clock <= at)
            .Select(look => look.Instant)
            .DefaultIfEmpty()
            .Max();

    /// <summary>An instant of the history at which the product's clock had come to this.</summary>
    private long FirstAfter(Instant? at) => at is null
        ? long.MaxValue
        : Calls.Where(call => call.Since > at).Select(call => call.Began + Slack).DefaultIfEmpty(long.MaxValue).Min();

    public IEnumerable<(Call Call, T Asked)> Asked<T>()
        where T : Asked => Calls.Where(call => call.Asked is T).Select(call => (call, (T)call.Asked));

    /// <summary>Between which instants a version of an appointment, or of a workshop, was written; null when no instance wrote it, or none was listened to.</summary>
    /// <param name="by">Only if that call did; null for whoever did.</param>
    public (long Sent, long Heard)? Written(string id, int version, Call? by = null)
    {
        var commits = (Stored.Commits ?? []).Where(commit => commit.Rows.Any(row => IsVersion(row, id, version))).ToList();
        // It is written once: of two that tried, it was the one that storage confirmed.
        var done = commits.Exists(commit => commit.Heard is not null) ? commits.FindAll(commit => commit.Heard is not null) : commits;
        return by is null || done.TrueForAll(commit => commit.Call == by.Number) ? Span(done) : null;
    }

    private static bool IsVersion(WrittenRow row, string id, int version) => row.Key.Split('|') switch
    {
        ["log", var code, "change", var number, _] =>
            id.Replace("-", "", StringComparison.Ordinal).EndsWith(code, StringComparison.Ordinal) && int.Parse(number, CultureInfo.InvariantCulture) == version,
        ["workshop", var workshop] => workshop == id && row.Version == version,
        _ => false,
    };

    private static (long Sent, long Heard)? Span(List<Commit> commits) =>
        commits.Count == 0 ? null : (commits.Min(commit => commit.Sent), commits.Max(commit => commit.Heard ?? long.MaxValue));

    public void Violation(string told) => _violations.Add(told);

    /// <summary>An answer that nothing in the model gives.</summary>
    public void Unjustified(Call call) => Violation($"an answer that nothing justifies: {call}");

    /// <param name="written">When the call wrote what it answers, where that is known: nothing of it was there before, all of it after.</param>
    public void Answered(Call call, Func<Model, Footprint> footprint, Func<Model, IEnumerable<Model>> apply, (long Sent, long Heard)? written = null) =>
        _steps.Add(new Step(
            call.ToString(), Math.Max(call.Began, written?.Sent ?? 0), Math.Min(call.Ended, written?.Heard ?? long.MaxValue), Required: true, apply, footprint));

    /// <summary>An answer that changes nothing: it is right wherever <paramref name="isRight"/> holds.</summary>
    public void AnsweredRead(Call call, Func<Model, Footprint> footprint, Func<Model, bool> isRight) =>
        Answered(call, footprint, model => isRight(model) ? [model] : []);

    /// <summary>Something that is not true at the end is told by name.</summary>
    public void Last(string told, string what, long begins, Func<Model, bool> isRight) =>
        _steps.Add(new Step(
            told, begins, long.MaxValue - 1, Required: true, model => isRight(model) ? [model] : [], _ => new Footprint([Names.All(what)], [])));

    /// <summary>What nobody was answered.</summary>
    /// <param name="by">Who may have done it.</param>
    /// <param name="at">When, by the product's clock, it was about to be written; null when it is not known.</param>
    /// <param name="before">When somebody had read it and was about to change it again; null when nobody did, or it is not known.</param>
    /// <param name="written">When it was written, as far as the line to storage tells.</param>
    public void Unanswered(
        string told, IReadOnlyCollection<Call> by, bool required, Func<Model, Footprint> footprint, Func<Model, IEnumerable<Model>> apply,
        Instant? at = null, Instant? before = null, (long Sent, long Heard)? written = null)
    {
        if (Stored.Commits is { } all && by.All(call => call.Asked is not Concurrency.Asked.Chores))
        {
            // Who wrote nothing did nothing.
            var commits = all.Where(commit => by.Any(call => call.Number == commit.Call)).ToList();
            if (commits.Count == 0 && !required)
            {
                return;
            }

            written ??= Span(commits);
        }

        var (sent, heard) = written ?? (0, long.MaxValue);
        var (begins, ends) = (
            Math.Max(Math.Max(by.Select(call => call.Began).DefaultIfEmpty().Min(), LastBefore(at)), sent),
            Math.Min(Math.Min(by.Select(call => required ? LatestEnd(call) : call.Ends).DefaultIfEmpty(long.MaxValue).Max(), FirstAfter(before)), heard));
        _steps.Add(new Step($"[{begins}..{ends}] {(required ? "" : "perhaps ")}{told}", begins, ends, required, apply, footprint));
    }
}
