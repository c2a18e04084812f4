using Rdv.Appointments;

namespace Rdv.Tests.Concurrency;

/// <summary>The tables at the end: nothing of what happened is missing, and nothing else is there.</summary>
internal static class LastRead
{
    public static void Add(Steps steps)
    {
        var ended = steps.Calls.Select(call => call.Ended).DefaultIfEmpty().Max() + 1;
        var stored = steps.Stored;
        var views = stored.Appointments.Select(appointment => appointment.View).ToHashSet();
        var absences = stored.Absences.ToHashSet();
        steps.Last(
            $"the table has the appointments {string.Join(", ", views)}", "rdv", ended, model => views.SetEquals(model.Appointments.Values));
        steps.Last(
            $"the table has the absences {string.Join(", ", absences)}", "absence", ended,
            model => absences.SetEquals(model.Absences.Where(absence => absence.Value.Stands).Select(absence => absence.Key)));
        var workshops = stored.Workshops.Select(workshop => workshop.View).ToHashSet();
        steps.Last(
            $"the table has the workshops {string.Join(", ", workshops)}", "workshop", ended,
            model => workshops.SetEquals(model.Workshops.Select(one => new WorkshopView(one.Key, one.Value.Version, one.Value.Start, one.Value.IsCancelled))));
        foreach (var view in views.Where(view => view is { Status: AppointmentStatus.Booked, Workshop: not null }))
        {
            if (!workshops.Any(workshop => workshop.Id == view.Workshop && !workshop.IsCancelled && workshop.Start == view.Start))
            {
                steps.Violation($"a seat where no workshop is, after all chores: {view}");
            }
        }

        var calendars = stored.Calendars.ToHashSet();
        steps.Last(
            $"the table has the calendars {string.Join(", ", calendars)}", "calendars", ended, model => calendars.SetEquals(model.Calendars.Values));
        steps.Last(
            $"the table has the hours {string.Join(", ", stored.HoursVersions)}", "hours", ended,
            model => model.Hours.All(hours => stored.HoursVersions[hours.Key] == hours.Value.Version));
    }
}
