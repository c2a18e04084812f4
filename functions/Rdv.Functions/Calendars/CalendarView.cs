using Rdv.Agenda;
using Rdv.Calendars;
using Rdv.Functions.Http;

namespace Rdv.Functions.Calendars;

/// <summary>An advisor's own calendar as the API answers it.</summary>
internal static class CalendarView
{
    public static object Of(ShownCalendar shown) => new
    {
        shown.Calendar.Id,
        shown.Calendar.Host,
        shown.Calendar.Ending,
        State = shown.Calendar.Fault is null ? "read" : "failing",
        Fault = shown.Calendar.Fault is { } fault ? CalendarFaults.WordOf(fault) : null,
        ReadAt = Values.Format(shown.Calendar.ReadAt, shown.Calendar.Territory),
        shown.BusyHours,
        Conflicts = shown.Conflicts.Select(conflict => conflict.Entry.ReferenceIn(shown.Calendar.Territory)?.ToString()).OfType<string>(),
        Workshops = shown.Conflicts.Where(conflict => conflict.Entry.Kind == EntryKind.Workshop).Select(conflict => conflict.Entry.Id),
    };
}
