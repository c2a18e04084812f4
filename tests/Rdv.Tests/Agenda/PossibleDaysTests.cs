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
        var booked = 0;
        Parallel.For(0, Weeks, seed =>
        {
            var week = new RandomWeek(seed);
            var minutes = week.Of(30, 60, 60, 90);
            for (var count = 0; count < 40 && Offered(week, minutes) is { Count: > 0 } slots; count++)
            {
                var slot = slots[week.Next(slots.Count)];
                var entry = new AgendaEntry(
                    week.Of(EntryKind.Appointment, EntryKind.Appointment, EntryKind.Hold), DayGrid.CellOf(slot.Start.TimeOfDay), minutes / 5, $"new{count}", "courriels", slot.PlaceId,
                    Expires: week.Now + Duration.FromMinutes(15));
                ProblemOf(week, slot.Start.Date, entry).ShouldBeNull($"seed {seed}: {slot}");
                week.Add(slot.Start.Date, entry);
                Interlocked.Increment(ref booked);
            }

            // What is left over is not possible.
            var offered = Offered(week, minutes).Select(slot => (slot.Start, slot.PlaceId)).ToHashSet();
            foreach (var date in Enumerable.Range(0, 7).Select(RandomWeek.Monday.PlusDays))
            {
                foreach (var period in week.Directory.Rules.Of(week.Advisor.Id).On(date.DayOfWeek))
                {
                    for (var cell = period.Starts.Next(0); cell >= 0 && IsOpen(week, date, period, cell, minutes); cell = period.Starts.Next(cell + 1))
                    {
                        var entry = new AgendaEntry(EntryKind.Appointment, cell, minutes / 5, "left", "courriels", period.PlaceId);
                        (offered.Contains((date.At(DayGrid.TimeOf(cell)), period.PlaceId)) || ProblemOf(week, date, entry) is not null)
                            .ShouldBeTrue($"seed {seed}: {date} {DayGrid.TimeOf(cell)} at {period.PlaceId} is possible");
                    }
                }
            }
        });
        booked.ShouldBeGreaterThan(Weeks);
    }

    private static List<Slot> Offered(RandomWeek week, int minutes) =>
        new SlotFinder(week.Directory, [week.Month], week.Now).Find(new SlotQuery("courriels", minutes, RandomWeek.Monday, 7, RandomWeek.Monday.At(LocalTime.Midnight), OnWeb: false));

    private static bool IsOpen(RandomWeek week, LocalDate date, OpenPeriod period, int cell, int minutes) =>
        (date != RandomWeek.Monday.PlusDays(2) || week.Directory.Structures.Values.Single().WorksOn(date))
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
        if (one.PlaceId is not { } from || other.PlaceId is not { } to || from == to)
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

        // By the law of cosines, where the product has the haversine.
        static double Radians(double degrees) => degrees * Math.PI / 180;
        var kilometres = 6371 * Math.Acos(Math.Min(1, (Math.Sin(Radians(a.Latitude.Value)) * Math.Sin(Radians(b.Latitude.Value)))
            + (Math.Cos(Radians(a.Latitude.Value)) * Math.Cos(Radians(b.Latitude.Value)) * Math.Cos(Radians(b.Longitude!.Value - a.Longitude!.Value)))));
        return kilometres < 0.3 ? 0 : (int)Math.Ceiling(kilometres * 1.3 / 40 * 12) * 5;
    }
}
