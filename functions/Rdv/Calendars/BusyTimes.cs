using NodaTime;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Calendars;

/// <summary>
/// Reads from an iCalendar object (RFC 5545) when its owner is busy, and nothing else. Free are events that say so (<c>TRANSP</c>, or what
/// Outlook writes) and those that were cancelled; tentative ones are busy, as are those of whole days and of several.
/// </summary>
/// <remarks>
/// An event that repeats lasts exactly as long as its first one, unless it is of whole days. Events of Rdv itself are passed over: they are in the agenda.
/// </remarks>
public sealed class BusyTimes(RdvSettings settings)
{
    // Of a whole calendar: 500 events, each every day for a year, and as much again.
    private const int MostOccurrences = 400_000;

    // Of one event: every day for fifty years.
    private const int MostOfOne = 20_000;

    // What Exchange puts before the UID of an event that it did not make, in hexadecimal (MS-OXOCAL, 2.2.1.27).
    private const string ForeignUid = "7643616C2D55696401000000";

    /// <param name="zone">Where the advisor is.</param>
    /// <param name="window">The days to read.</param>
    /// <returns>Why not, where it cannot be read.</returns>
    public (BusyDays? Days, CalendarFault? Fault) Read(string text, DateTimeZone zone, DateInterval window)
    {
        try
        {
            var root = CalendarBlock.Read(text);
            var zones = new CalendarZones(root.Blocks.SelectMany(calendar => calendar.Blocks).Where(block => block.Name == "VTIMEZONE"), zone);
            var events = root.Blocks.SelectMany(calendar => calendar.Blocks)
                .Where(block => block.Name == "VEVENT" && !IsOurs(block.Find("UID")?.Value))
                .Select(block => BusyEvent.Parse(block, zones))
                .OfType<BusyEvent>()
                .ToList();
            var days = new BusyDays(zone, window);
            var moved = events.Where(one => one.Replaces is not null).ToLookup(one => one.Uid, one => one.Replaces!);
            var left = MostOccurrences;
            foreach (var one in events.Where(one => one.IsBusy))
            {
                Add(one, one.Replaces is null ? [.. moved[one.Uid]] : [], days, ref left);
            }

            return (days, null);
        }
        catch (UnreadableCalendarException exception)
        {
            return (null, exception.Fault);
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentOutOfRangeException)
        {
            // A time outside of all time: no program writes it.
            return (null, CalendarFault.NotACalendar);
        }
    }

    private static void Add(BusyEvent one, IReadOnlyCollection<EventTime> elsewhere, BusyDays days, ref int left)
    {
        var most = Math.Min(left, MostOfOne);
        foreach (var (from, to) in one.Occurrences(elsewhere, days.Start, days.End))
        {
            left--;
            if (most-- == 0)
            {
                throw new UnreadableCalendarException(CalendarFault.TooLarge);
            }

            days.Add(from, to);
        }
    }

    /// <summary>By the form of the name, whatever the sender's address is by now: an appointment or a workshop that an invite has brought.</summary>
    private bool IsOurs(string? uid)
    {
        if (uid?.IndexOf(ForeignUid, StringComparison.OrdinalIgnoreCase) is > 0 and var at && uid[(at + ForeignUid.Length)..] is var hex && hex.Length % 2 == 0 && hex.All(char.IsAsciiHexDigit))
        {
            uid = System.Text.Encoding.ASCII.GetString(Convert.FromHexString(hex)).TrimEnd('\0');
        }

        return uid?.Split('@', 2) is [var name, var host]
            && ((AppointmentReference.TryParse(name, out var reference) && reference.ToString() == name)
                || (string.Equals(host, settings.MailFrom[(settings.MailFrom.LastIndexOf('@') + 1)..], StringComparison.OrdinalIgnoreCase)
                    && name.Split('-', 2) is [var where, var code] && Territory.TryParse(where, out _) && WorkshopId.TryParse(code, out _)));
    }
}
