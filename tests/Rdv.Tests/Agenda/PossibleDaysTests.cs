using System.Globalization;
using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Agenda;

/// <summary>
/// No sequence is offered that a person cannot do, and none is held back that they can: weeks are booked full, slot by slot as they are
/// offered, and each day is looked at by minutes, with arithmetic of its own.
/// </summary>
public sealed class PossibleDaysTests
{
    // More by hand: RDV_WEEKS=100000.
    private static readonly int Weeks = int.Parse(Environment.GetEnvironmentVariable("RDV_WEEKS") ?? "1500", CultureInfo.InvariantCulture);

    [Fact]
    public void Nobody_has_to_be_at_two_places_without_the_time_between_them()
    {
        var (booked, homes) = (0, 0);
        Parallel.For(0, Weeks, seed =>
        {
            var week = new RandomWeek(seed);
            var minutes = week.Of(30, 60, 60, 90);
            for (var count = 0; count < 40; count++)
            {
                var home = week.Of(null, null, week.Of(RandomWeek.Homes));
                if (Offered(week, minutes, home) is not { Count: > 0 } slots)
                {
                    continue;
                }

                var slot = slots[week.Next(slots.Count)];
                var entry = new AgendaEntry(
                    week.Of(EntryKind.Appointment, EntryKind.Appointment, EntryKind.Hold), DayGrid.CellOf(slot.Start.TimeOfDay), minutes / 5, $"new{count}", "courriels", slot.PlaceId,
                    Expires: week.Now + Duration.FromMinutes(15))
                {
                    Home = home,
                };
                ProblemOf(week, slot.Start.Date, entry).ShouldBeNull($"seed {seed}: {slot}");
                week.Add(slot.Start.Date, entry);
                Interlocked.Increment(ref booked);
                Interlocked.Add(ref homes, home is null ? 0 : 1);
            }

            // What is left over is not possible.
            var left = week.Of(null, week.Of(RandomWeek.Homes));
            var offered = Offered(week, minutes, left).Select(slot => (slot.Start, slot.PlaceId)).ToHashSet();
            foreach (var date in Enumerable.Range(0, 7).Select(RandomWeek.Monday.PlusDays))
            {
                foreach (var period in week.Directory.Rules.Of(week.Advisor.Id).On(date.DayOfWeek))
                {
                    for (var cell = period.Starts.Next(0); cell >= 0 && IsOpen(week, date, period, cell, minutes, left); cell = period.Starts.Next(cell + 1))
                    {
                        var entry = new AgendaEntry(EntryKind.Appointment, cell, minutes / 5, "left", "courriels", period.PlaceId) { Home = left };
                        (offered.Contains((date.At(DayGrid.TimeOf(cell)), period.PlaceId)) || ProblemOf(week, date, entry) is not null)
                            .ShouldBeTrue($"seed {seed}: {date} {DayGrid.TimeOf(cell)} at {period.PlaceId} is possible");
                    }
                }
            }
        });
        booked.ShouldBeGreaterThan(Weeks);
        homes.ShouldBeGreaterThan(Weeks / 2);
    }

    private static List<Slot> Offered(RandomWeek week, int minutes, string? home) =>
        new SlotFinder(week.Directory, [week.Month], week.Now).Find(new SlotQuery("courriels", minutes, RandomWeek.Monday, 7, RandomWeek.Monday.At(LocalTime.Midnight), OnWeb: false)
        {
            Means = home is null ? Means.Place : Means.Home,
            Home = home,
        });

    private static bool IsOpen(RandomWeek week, LocalDate date, OpenPeriod period, int cell, int minutes, string? home) =>
        period.Hours.Offers(home is null ? Means.Place : Means.Home)
        && (home is null || week.Reaches(period.PlaceId, home))
        && (date != RandomWeek.Monday.PlusDays(2) || week.Directory.Structures.Values.Single().WorksOn(date))
        && !(date >= week.Advisor.LeavesOn)
        && period.Open.ContainsAll(DayGrid.Range(cell, cell + (minutes / 5)));

    /// <summary>Why a person could not do this besides what is in the day; null when they could.</summary>
    private static string? ProblemOf(RandomWeek week, LocalDate date, AgendaEntry added)
    {
        var rules = week.Advisor.Rules ?? new BookingRules();
        var others = week.Month.Day(date).Entries.Where(entry => entry.Kind != EntryKind.Hold || entry.Expires > week.Now).ToList();
        if (others.Count(entry => entry.Kind is not (EntryKind.Absence or EntryKind.Calendar)) >= rules.AppointmentsPerDay)
        {
            return "the day is full";
        }

        foreach (var other in others)
        {
            var (from, to) = (other.StartCell * 5, (other.StartCell + other.CellCount) * 5);
            var (start, end) = (added.StartCell * 5, (added.StartCell + added.CellCount) * 5);
            var gap = start >= to ? start - to : from >= end ? from - end : -1;
            var needed = other.Kind is EntryKind.Absence or EntryKind.Calendar ? 0 : Math.Max(rules.PauseMinutes, Way(week, rules, other, added));
            if (gap < needed)
            {
                return $"{gap} minutes to {other}, {needed} needed";
            }
        }

        return null;
    }

    private static int Way(RandomWeek week, BookingRules rules, AgendaEntry one, AgendaEntry other)
    {
        if (one.PlaceId is not { } from || other.PlaceId is not { } to)
        {
            return 0;
        }

        // Of a home only the commune is known: ten minutes in it, thirty where it is guessed.
        if (one.Home is not null || other.Home is not null)
        {
            var (home, there) = one.Home is not null ? (one.Home, other) : (other.Home!, one);
            var near = Nearness.From(home, week.Directory);
            if (there.Home is { } second)
            {
                var next = Nearness.From(second, week.Directory);
                return home == second ? 10
                    : (near.Origin is { } start && next.Origin is { } end ? ByRoad(Kilometres(start, end)) : 30) + (near.IsGuess || next.IsGuess ? 30 : 10);
            }

            return near.KilometresTo(there.PlaceId!.Value) is { } way ? ByRoad(way) + (near.IsGuess ? 30 : 10)
                : week.Directory.Places[there.PlaceId.Value].Insee == home ? 10
                : 60;
        }

        if (from == to)
        {
            return 0;
        }

        if (rules.Travels?.SingleOrDefault(travel => travel.From == from || travel.To == from) is { } said && (said.From == to || said.To == to))
        {
            return said.Minutes;
        }

        var (a, b) = (week.Directory.Places[from], week.Directory.Places[to]);
        if (a.Latitude is null || b.Latitude is null)
        {
            return a.Insee == b.Insee ? 10 : 30;
        }

        return ByRoad(Kilometres((a.Latitude.Value, a.Longitude!.Value), (b.Latitude.Value, b.Longitude!.Value)));
    }

    private static int ByRoad(double kilometres) => kilometres < 0.3 ? 0 : (int)Math.Ceiling(kilometres * 1.3 / 40 * 12) * 5;

    // By the law of cosines, where the product has the haversine.
    private static double Kilometres((double Latitude, double Longitude) a, (double Latitude, double Longitude) b)
    {
        static double Radians(double degrees) => degrees * Math.PI / 180;
        return 6371 * Math.Acos(Math.Min(1, (Math.Sin(Radians(a.Latitude)) * Math.Sin(Radians(b.Latitude)))
            + (Math.Cos(Radians(a.Latitude)) * Math.Cos(Radians(b.Latitude)) * Math.Cos(Radians(b.Longitude - a.Longitude)))));
    }
}
