using System.Collections.Concurrent;
using System.Diagnostics;
using NodaTime;
using Rdv.Absences;
using Rdv.Appointments;

namespace Rdv.Tests.Concurrency;

/// <summary>What a client asked. A new operation gets its record here, its call in <see cref="Client"/>, its steps in <see cref="Steps"/>.</summary>
internal abstract record Asked
{
    /// <param name="Advisor">Null for any.</param>
    public sealed record Search(string? Advisor, LocalDate Date) : Asked;

    public sealed record Read(string Reference) : Asked;

    /// <param name="Key">The <c>Idempotency-Key</c>.</param>
    public sealed record Hold(string Key, string? Advisor, LocalDateTime Start) : Asked;

    /// <param name="Key">Of the hold.</param>
    public sealed record Release(string Key, string Advisor, LocalDate Date) : Asked;

    /// <param name="Name">Of the citizen: one for each booking that a client wants, whatever it takes to get it.</param>
    /// <param name="Keyed">Whether an <c>Idempotency-Key</c> went with it.</param>
    /// <param name="HoldKey">The key of the hold that goes with it.</param>
    /// <param name="Workshop">For a seat: the id of the workshop, which is that advisor's and started then when somebody last knew.</param>
    /// <param name="Means">How they meet; null at the place.</param>
    public sealed record Book(string Name, bool Keyed, string? Advisor, LocalDateTime Start, string? HoldKey, string? Workshop = null, string? Means = null) : Asked;

    /// <summary>A seat in each session of the course, or in none.</summary>
    public sealed record Enrol(string Name) : Asked;

    public sealed record Cancel(string Reference) : Asked;

    /// <param name="Version">That the client saw, when it says so.</param>
    public sealed record Move(string Reference, string? Advisor, LocalDateTime Start, int? Version) : Asked;

    /// <param name="Advisor">Null for a closure of their structure: all of them.</param>
    public sealed record Absent(string Key, string? Advisor, LocalDateTime From, LocalDateTime To, InsideMode Mode) : Asked;

    /// <param name="Key">Of the absence that is taken back.</param>
    public sealed record Return(string Key) : Asked;

    public sealed record Hours(string Advisor, LocalTime From, LocalTime To) : Asked;

    /// <summary>A workshop of two hours.</summary>
    public sealed record Plan(string Key, string Advisor, LocalDateTime Start) : Asked;

    public sealed record MoveWorkshop(string Id, LocalDateTime Start) : Asked;

    public sealed record CancelWorkshop(string Id) : Asked;

    /// <summary>A calendar that an advisor keeps elsewhere.</summary>
    /// <param name="Number">Of one of <see cref="PublishedHours"/>.</param>
    public sealed record Link(string Key, string Advisor, int Number) : Asked;

    /// <param name="Key">Of the calendar that is removed.</param>
    public sealed record Unlink(string Key) : Asked;

    /// <summary>Nothing suits: a place on the waiting list.</summary>
    /// <param name="Name">Of the citizen, and the key.</param>
    public sealed record Wait(string Name, string Phone) : Asked;

    public sealed record Chores : Asked;

    /// <param name="Timer">That of one channel.</param>
    public sealed record Dispatch(string Timer) : Asked;

    /// <summary>The clock jumps past the end of every hold, while no client is asking anything.</summary>
    public sealed record Expire : Asked;
}

/// <summary>An appointment as an answer shows it.</summary>
internal sealed record View(string Reference, AppointmentStatus Status, int Version, string Advisor, LocalDateTime Start, string? Workshop = null, string? Means = null);

/// <summary>A workshop as an answer shows it.</summary>
internal sealed record WorkshopView(string Id, int Version, LocalDateTime Start, bool IsCancelled);

/// <summary>What came back.</summary>
internal abstract record Answered
{
    /// <param name="Created">201, not 200.</param>
    public sealed record Appointment(View View, bool Created) : Answered;

    /// <param name="Free">How many advisors could take each start.</param>
    public sealed record Slots(IReadOnlyDictionary<LocalDateTime, int> Free) : Answered
    {
        public override string ToString() => "free at " + string.Join(' ', Free.OrderBy(slot => slot.Key).Select(slot => $"{slot.Key:HH:mm}×{slot.Value}"));
    }

    public sealed record Held(string Advisor) : Answered;

    /// <param name="Created">201, not 200.</param>
    public sealed record Closed(bool Created) : Answered;

    /// <param name="Outside">The references that the new hours do not hold.</param>
    public sealed record Rewritten(int Version, IReadOnlyList<string> Outside) : Answered
    {
        public override string ToString() => $"hours {Version}, outside {string.Join(' ', Outside)}";
    }

    /// <param name="References">Of the seats, one for each session.</param>
    /// <param name="Created">201, not 200.</param>
    public sealed record Enrolled(IReadOnlyList<string> References, bool Created) : Answered
    {
        public override string ToString() => $"enrolled {string.Join(' ', References)} {(Created ? "201" : "200")}";
    }

    /// <param name="Created">201, not 200.</param>
    public sealed record Listed(string Id, bool Created) : Answered;

    /// <param name="Created">201, not 200.</param>
    public sealed record Workshop(WorkshopView View, bool Created) : Answered;

    /// <param name="Conflicts">The references of what is booked at hours at which the advisor is busy.</param>
    /// <param name="Created">201, not 200.</param>
    public sealed record Linked(IReadOnlyList<string> Conflicts, bool Created) : Answered
    {
        public override string ToString() => $"linked over {string.Join(' ', Conflicts)} {(Created ? "201" : "200")}";
    }

    public sealed record Done : Answered;

    /// <param name="References">Those that the refusal names.</param>
    public sealed record Refused(string Code, IReadOnlyList<string> References) : Answered
    {
        public override string ToString() => $"refused {Code} {string.Join(' ', References)}";
    }

    /// <summary>503: it was not done, as far as the instance could tell.</summary>
    /// <param name="Wrote">Storage had confirmed a write to the instance before.</param>
    public sealed record Busy(bool Wrote) : Answered;

    /// <summary>No answer: the process was killed, the connection was cut, or the client hung up.</summary>
    public sealed record Nothing : Answered;

    public bool IsUnknown => this is Busy or Nothing;
}

/// <param name="Began">A monotonic instant; so is <paramref name="Ended"/>.</param>
/// <param name="Since">The product's clock then; null when it is not known.</param>
/// <param name="Until">And at the end.</param>
internal sealed record Call(
    int Number, string Client, Asked Asked, Answered Answered, long Began, long Ended, Instant? Since = null, Instant? Until = null)
{
    /// <summary>Until when it may have had its effect: what was not answered may still be on its way.</summary>
    public long Ends => Answered is Answered.Nothing ? long.MaxValue : Ended;

    /// <summary>Whether the call was running when the change was written down.</summary>
    public bool MayHaveMade(StoredChange change) =>
        (Since is null || change.At is null || change.At >= Since) && (Until is null || change.At is null || change.At <= Until || Answered is Answered.Nothing);

    public override string ToString() => $"#{Number} {Client} [{Began}..{Ended}] {Asked} -> {Answered}";
}

/// <summary>Every call of a run, with the instants between which it happened.</summary>
internal sealed class History(IClock clock)
{
    private static readonly AsyncLocal<int> Number = new();

    private readonly ConcurrentQueue<Call> _calls = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private int _number;

    /// <summary>Of the call that is being made.</summary>
    public static int Current => Number.Value;

    /// <summary>The instant that it is, as calls have it.</summary>
    public long Now => Stopwatch.GetTimestamp() - _start;

    public IReadOnlyList<Call> Calls => [.. _calls.OrderBy(call => call.Began)];

    public async Task<Answered> RecordAsync(string client, Asked asked, Func<Task<Answered>> ask)
    {
        var number = Number.Value = Interlocked.Increment(ref _number);
        var (began, since) = (Now, clock.GetCurrentInstant());
        var answered = await ask();
        _calls.Enqueue(new Call(
            number, client, asked, answered, began, Now, since, clock.GetCurrentInstant()));
        return answered;
    }
}
