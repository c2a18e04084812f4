using System.Collections.Concurrent;
using System.Globalization;
using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Agenda;

/// <summary>Over random weeks: what is offered has no reason, what is not has one, and it is true.</summary>
public sealed class WhyNotOfferedTests
{
    // More by hand: RDV_WEEKS=100000.
    private static readonly int Weeks = int.Parse(Environment.GetEnvironmentVariable("RDV_WEEKS") ?? "1500", CultureInfo.InvariantCulture);

    [Fact]
    public void What_is_offered_has_no_reason_and_what_is_not_has_a_true_one()
    {
        var seen = new ConcurrentDictionary<NotOffered, int>();
        Parallel.For(0, Weeks, seed =>
        {
            var week = new RandomWeek(seed);
            var (topic, minutes) = (week.Of("courriels", "premiers-pas", "emploi"), week.Of(30, 60, 60, 90));
            var window = new OfferWindow(
                (week.Now + Duration.FromHours(2)).InZone(RandomWeek.Territory.Zone).LocalDateTime, RandomWeek.Monday.PlusDays(week.Next(20)));
            var query = new SlotQuery(topic, minutes, RandomWeek.Monday, Math.Min(7, Period.DaysBetween(RandomWeek.Monday, window.LastDay) + 1), window.Earliest);
            var how = week.Of(default, default, new OfferTo { Means = Means.Place }, new OfferTo { Means = Means.Video }, new OfferTo { Means = Means.Home, Home = week.Of(RandomWeek.Homes) });
            query = query with { Means = how.Means ?? Means.Place, Home = how.Home };
            var web = Starts(week, query, how);
            var phone = Starts(week, query with { OnWeb = false }, how);
            var explained = ExplainWeek.Explain(week.Directory, week.Advisor, [week.Month], topic, minutes, RandomWeek.Monday, window, week.Now, how);
            explained.Count.ShouldBe(7);
            foreach (var day in explained)
            {
                day.HalfHours.Count.ShouldBe(48);
                foreach (var half in day.HalfHours)
                {
                    var from = day.Date.At(half.Start);
                    (half.Why is null).ShouldBe(Within(web, from), $"seed {seed}: {from} is {half.Why?.Reason.ToString() ?? "offered"}");
                    if (half.Why is { } why)
                    {
                        seen.AddOrUpdate(why.Reason, 1, (_, count) => count + 1);
                        IsTrue(why, half, week, day.Date, topic, minutes, window, Within(phone, from), how).ShouldBeTrue($"seed {seed}: {from} is not {why}");
                    }
                }
            }
        });
        seen.Keys.ShouldBe(Enum.GetValues<NotOffered>(), ignoreOrder: true);
    }

    // Who asks for no means is content with any that needs no commune.
    private static HashSet<LocalDateTime> Starts(RandomWeek week, SlotQuery query, OfferTo how) =>
        [.. (how.Means is null ? [Means.Place, Means.Phone, Means.Video] : new[] { query.Means })
            .SelectMany(means => new SlotFinder(week.Directory, [week.Month], week.Now).Find(query with { Means = means }))
            .Concat(how.Means is null ? AtAnyHome(week, query) : [])
            .Select(slot => slot.Start)];

    // From a commune of whose places the advisor starts, with no way to be counted but from what is elsewhere.
    private static List<Slot> AtAnyHome(RandomWeek week, SlotQuery query)
    {
        var directory = week.Advisor.CanMeet(Means.Home)
            ? new TerritoryDirectory(RandomWeek.Territory, week.Directory.Structures.Values, week.Directory.Places.Values, [week.Advisor with
            {
                Hours = [.. week.Advisor.Hours.Select(hours => hours with { Means = hours.Offers(Means.Home) ? null : [Means.Phone] })],
            }])
            : null;
        return directory is null ? [] : new SlotFinder(directory, [week.Month], week.Now).Find(query with { Means = Means.Place });
    }

    private static bool Within(HashSet<LocalDateTime> starts, LocalDateTime from) =>
        Enumerable.Range(0, 6).Any(cell => starts.Contains(from.PlusMinutes(cell * 5)));

    // By what can be told without the grids.
    private static bool IsTrue(
        WhyNot why, HalfHour half, RandomWeek week, LocalDate date, string topic, int minutes, OfferWindow window, bool onPhone, OfferTo how)
    {
        var periods = week.Advisor.Hours.Where(hours => hours.Days.Contains((int)date.DayOfWeek) && !(date >= week.Advisor.LeavesOn)).ToList();
        var (from, to) = (date.At(half.Start), date.At(half.Start).PlusMinutes(25 + minutes));
        var living = week.Month.Day(date).Entries.Where(entry => entry.Kind != EntryKind.Hold || entry.Expires > week.Now).ToList();
        bool Near(Func<AgendaEntry, bool> which, int around = 0) => living.Any(entry => which(entry)
            && date.At(DayGrid.TimeOf(entry.StartCell)).PlusMinutes(-around) < to
            && date.At(DayGrid.TimeOf(entry.StartCell)).PlusMinutes((entry.CellCount * 5) + around) > from);
        return why.Reason switch
        {
            NotOffered.Closed => !onPhone && (periods.Count == 0 || !periods.Any(hours => Step(week, hours, from, minutes))),
            NotOffered.Holiday => date == RandomWeek.Monday.PlusDays(2) && !week.Directory.Structures.Values.Single().WorksOn(date),
            NotOffered.BeyondHorizon => date > window.LastDay,
            NotOffered.TooSoon => from < window.Earliest,
            NotOffered.TopicNotHere => !week.Advisor.Teaches(topic) || periods.Any(hours => hours.PlaceId == half.PlaceId && hours.Topics?.Contains(topic) == false),
            NotOffered.MeansNotHere => how.Means is { } wanted && periods.Any(hours => hours.PlaceId == half.PlaceId && !hours.Offers(wanted)),
            NotOffered.NoVideoLink => week.Advisor.Rules?.VideoLink is null && periods.Any(hours => hours.Offers(Means.Video)),
            NotOffered.TooFar => periods.Any(hours => hours.Offers(Means.Home)) && (how.Home is null
                ? !(week.Advisor.Rules?.HomeKilometres > 0)
                : !week.Reaches(half.PlaceId!.Value, how.Home)),
            NotOffered.Absence => Near(entry => entry.Kind == EntryKind.Absence),
            NotOffered.Calendar => Near(entry => entry.Kind == EntryKind.Calendar),
            NotOffered.Booked => Near(entry => entry.Kind is EntryKind.Appointment or EntryKind.Workshop),
            NotOffered.Held => why.Until > week.Now && Near(entry => entry.Kind == EntryKind.Hold && entry.Expires == why.Until),
            NotOffered.Full => living.Count(entry => entry.Kind is not (EntryKind.Absence or EntryKind.Calendar)) >= week.Advisor.Rules!.AppointmentsPerDay,
            NotOffered.Travel => Near(entry => entry.Kind is not (EntryKind.Absence or EntryKind.Calendar) && (entry.PlaceId != half.PlaceId || entry.Home is not null || how.Home is not null), 300),
            NotOffered.Pause => week.Advisor.Rules!.PauseMinutes > 0 && Near(entry => entry.Kind is not (EntryKind.Absence or EntryKind.Calendar), week.Advisor.Rules.PauseMinutes),
            NotOffered.KeptForPhone => onPhone && why.Until > week.Now && week.Directory.Structures.Values.Single().PhoneShare > 0,
            _ => false,
        } && (why.Reason == NotOffered.KeptForPhone || !onPhone);
    }

    /// <summary>Whether an appointment of the period may start in that half hour, whatever is booked.</summary>
    private static bool Step(RandomWeek week, OpeningHours hours, LocalDateTime from, int minutes)
    {
        var end = hours.To == LocalTime.Midnight ? 1440 : (hours.To.Hour * 60) + hours.To.Minute;
        for (var start = (hours.From.Hour * 60) + hours.From.Minute; start + minutes <= end; start += week.Directory.Structures.Values.Single().SlotStepMinutes)
        {
            if (start >= (from.Hour * 60) + from.Minute && start < (from.Hour * 60) + from.Minute + 30)
            {
                return true;
            }
        }

        return false;
    }
}
