using System.Collections.Immutable;
using System.Text;
using NodaTime;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Appointments;

namespace Rdv.Tests.Concurrency;

/// <summary>What takes time in an advisor's day, in minutes of that day.</summary>
/// <param name="IsHome">At somebody's home: there is a way before it and after it.</param>
internal sealed record Busy(EntryKind Kind, string Id, int From, int To, bool IsHome = false);

/// <summary>A session of the course.</summary>
internal sealed record Session(string Id, string Advisor, LocalDateTime Start);

/// <summary>A workshop as it stands.</summary>
internal sealed record WorkshopNow(string Advisor, LocalDateTime Start, int Version, bool IsCancelled);

/// <param name="Ever">Every hours that were ever in force: another instance may offer some of them for a minute.</param>
internal sealed record HoursNow(int Version, LocalTime From, LocalTime To, ImmutableList<(LocalTime From, LocalTime To)> Ever);

/// <param name="Advisor">Null for all.</param>
/// <param name="Inside">The appointments that were inside when it was laid.</param>
/// <param name="Stands">False once it was taken back.</param>
internal sealed record AbsenceNow(string? Advisor, LocalDateTime From, LocalDateTime To, ImmutableHashSet<string> Inside, bool Stands);

/// <summary>
/// What Rdv should be, without anything at once: the agendas of a few advisors, one change after the other. It is written from the
/// contract, shares no code with the product, and never changes: each change is a new one.
/// </summary>
internal sealed record Model
{
    public const int Minutes = 60;
    public const int StartsEvery = 30;

    /// <summary>Of each workshop, and of each session of the course.</summary>
    public const int Seats = 3;

    public const int WorkshopMinutes = 120;

    /// <summary>To a home in the commune of the place and back, or to the next one: some minutes, of which slots see a half-hour.</summary>
    public const int Way = 30;

    public const string AtHome = "home";

    public const int MostCalendars = 3;

    public ImmutableList<Session> Course { get; init; } = [];

    /// <summary>Those that are linked, by the key under which they were asked for.</summary>
    public ImmutableSortedDictionary<string, (string Advisor, int Number)> Calendars { get; init; } = ImmutableSortedDictionary<string, (string, int)>.Empty;

    public required ImmutableSortedDictionary<string, HoursNow> Hours { get; init; }

    public ImmutableSortedDictionary<string, ImmutableList<Busy>> Days { get; init; } = ImmutableSortedDictionary<string, ImmutableList<Busy>>.Empty;

    /// <summary>Those that stand alone and the sessions of the course, by id.</summary>
    public ImmutableSortedDictionary<string, WorkshopNow> Workshops { get; init; } = ImmutableSortedDictionary<string, WorkshopNow>.Empty;

    /// <summary>By reference.</summary>
    public ImmutableSortedDictionary<string, View> Appointments { get; init; } = ImmutableSortedDictionary<string, View>.Empty;

    /// <summary>The reference that each booking got, by the name that asked for it.</summary>
    public ImmutableSortedDictionary<string, string> Names { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public ImmutableSortedDictionary<string, AbsenceNow> Absences { get; init; } = ImmutableSortedDictionary<string, AbsenceNow>.Empty;

    /// <summary>The calls whose effect has taken place: a call has one at most.</summary>
    public ImmutableSortedSet<int> Spent { get; init; } = [];

    public IEnumerable<string> Advisors => Hours.Keys;

    /// <param name="advisors"><c>a1</c> and so on, all with the same hours.</param>
    public static Model Of(int advisors, LocalTime from, LocalTime to) => new()
    {
        Hours = Enumerable.Range(1, advisors).ToImmutableSortedDictionary(number => $"a{number}", _ => new HoursNow(1, from, to, [(from, to)])),
    };

    public static string DayKey(string advisor, LocalDate date) => $"{advisor} {date:uuuu-MM-dd}";

    public ImmutableList<Busy> Day(string advisor, LocalDate date) => Days.GetValueOrDefault(DayKey(advisor, date), []);

    public bool Offers(string advisor, LocalDateTime start) => Offers((Hours[advisor].From, Hours[advisor].To), start);

    public bool OfferedEver(string advisor, LocalDateTime start) => Hours[advisor].Ever.Exists(hours => Offers(hours, start));

    public bool OfferedAlways(string advisor, LocalDateTime start) => Hours[advisor].Ever.TrueForAll(hours => Offers(hours, start));

    /// <param name="except">One's own hold or appointment.</param>
    /// <param name="means">How they meet; null at the place.</param>
    public bool IsFree(string advisor, LocalDateTime start, string? except = null, string? means = null, int minutes = Minutes)
    {
        var from = MinuteOf(start);
        return Day(advisor, start.Date).TrueForAll(busy =>
        {
            var way = busy.Kind is EntryKind.Appointment or EntryKind.Hold or EntryKind.Workshop && (busy.IsHome || means == AtHome) ? Way : 0;
            return busy.Id == except || busy.From >= from + minutes + way || busy.To + way <= from;
        });
    }

    public bool Takes(string advisor, LocalDateTime start, string? except = null, string? means = null) =>
        Offers(advisor, start) && IsFree(advisor, start, except, means);

    public Model With(string advisor, LocalDate date, Busy busy) => this with
    {
        Days = Days.SetItem(DayKey(advisor, date), Day(advisor, date).Add(busy).Sort((a, b) => (a.From, a.Id).CompareTo((b.From, b.Id)))),
    };

    public Model Without(string advisor, LocalDate date, string id) => !Day(advisor, date).Exists(busy => busy.Id == id) ? this : this with
    {
        Days = Days.SetItem(DayKey(advisor, date), Day(advisor, date).RemoveAll(busy => busy.Id == id)),
    };

    public Model WithoutHolds() => this with
    {
        Days = Days.ToImmutableSortedDictionary(day => day.Key, day => day.Value.RemoveAll(busy => busy.Kind == EntryKind.Hold)),
    };

    /// <summary>Puts an appointment where a view says, and away from where it was.</summary>
    public Model Put(View view)
    {
        var model = Appointments.TryGetValue(view.Reference, out var before) ? Without(before.Advisor, before.Start.Date, view.Reference) : this;
        if (view is { Status: AppointmentStatus.Booked, Workshop: null })
        {
            var from = MinuteOf(view.Start);
            model = model.With(view.Advisor, view.Start.Date, new Busy(EntryKind.Appointment, view.Reference, from, from + Minutes, view.Means == AtHome));
        }

        return model with { Appointments = model.Appointments.SetItem(view.Reference, view) };
    }

    /// <summary>Puts a workshop where it stands now, and away from where it was.</summary>
    public Model Put(string id, WorkshopNow workshop)
    {
        var model = Workshops.TryGetValue(id, out var before) ? Without(before.Advisor, before.Start.Date, id) : this;
        if (!workshop.IsCancelled)
        {
            var from = MinuteOf(workshop.Start);
            model = model.With(workshop.Advisor, workshop.Start.Date, new Busy(EntryKind.Workshop, id, from, from + WorkshopMinutes));
        }

        return model with { Workshops = model.Workshops.SetItem(id, workshop) };
    }

    public bool HasSeat(string workshop) => Workshops.GetValueOrDefault(workshop)?.IsCancelled == false
        && Appointments.Values.Count(view => view.Workshop == workshop && view.Status == AppointmentStatus.Booked) < Seats;

    public Model Spend(int call) => this with { Spent = Spent.Add(call) };

    /// <summary>The appointments of an advisor, or of all, that touch a time.</summary>
    public ImmutableHashSet<string> Inside(string? advisor, LocalDateTime from, LocalDateTime to) =>
        [.. Appointments.Values
            .Where(view => view is { Status: AppointmentStatus.Booked, Workshop: null } && view.Advisor == (advisor ?? view.Advisor) && view.Start < to && view.Start.PlusMinutes(Minutes) > from)
            .Select(view => view.Reference)];

    /// <summary>The appointments of an advisor that the hours do not hold.</summary>
    public IEnumerable<string> Outside(string advisor) => Appointments.Values
        .Where(view => view is { Status: AppointmentStatus.Booked, Workshop: null } && view.Advisor == advisor
            && (view.Start.TimeOfDay < Hours[advisor].From || MinuteOf(view.Start) + Minutes > MinuteOf(Hours[advisor].To)))
        .Select(view => view.Reference);

    /// <summary>Equal for models that cannot be told apart.</summary>
    public string Fingerprint()
    {
        var text = new StringBuilder();
        foreach (var (key, day) in Days)
        {
            text.Append(key);
            foreach (var busy in day)
            {
                text.Append(' ').Append((int)busy.Kind).Append(busy.Id).Append('@').Append(busy.From);
            }
        }

        foreach (var view in Appointments.Values)
        {
            text.Append('|').Append(view.Reference).Append(' ').Append(view.Version).Append((int)view.Status).Append(view.Advisor);
            // No day tells where a seat is, nor where somebody was who cancelled.
            text.Append('@').Append(view.Start.Day).Append(' ').Append(MinuteOf(view.Start));
        }

        foreach (var (advisor, hours) in Hours)
        {
            text.Append('|').Append(advisor).Append(' ').Append(hours.Version).Append(' ').Append(hours.From).Append(hours.To).Append(hours.Ever.Count);
        }

        foreach (var (key, absence) in Absences)
        {
            text.Append('|').Append(key).Append(absence.Stands).AppendJoin(' ', absence.Inside.Order(StringComparer.Ordinal));
        }

        foreach (var (id, workshop) in Workshops)
        {
            text.Append('|').Append(id).Append(workshop.Version).Append(workshop.IsCancelled).Append(workshop.Start.Hour).Append(':').Append(workshop.Start.Minute);
        }

        text.Append('|').AppendJoin(',', Calendars.Keys);
        return text.Append('|').AppendJoin(',', Spent).ToString();
    }

    public static int MinuteOf(LocalDateTime time) => MinuteOf(time.TimeOfDay);

    public static int MinuteOf(LocalTime time) => (time.Hour * 60) + time.Minute;

    private static bool Offers((LocalTime From, LocalTime To) hours, LocalDateTime start)
    {
        var sinceOpening = MinuteOf(start) - MinuteOf(hours.From);
        return sinceOpening >= 0 && sinceOpening % StartsEvery == 0 && MinuteOf(start) + Minutes <= MinuteOf(hours.To);
    }
}
