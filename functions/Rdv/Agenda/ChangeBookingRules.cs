using NodaTime;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Agenda;

/// <summary>
/// Changes the pause between an advisor's meetings, their number a day, the time between two places, where they are met by video, and how far they go to homes. As new opening hours, it raises the
/// version that the months carry: no other instance books by the old ones. What is booked already stays, and what would not be offered by
/// the new ones is listed.
/// </summary>
public sealed class ChangeBookingRules(RewriteAdvisor rewrite, ITerritoryDirectories directories, IClock clock)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<HoursChanged>> ExecuteAsync(
        Territory territory, AdvisorId id, BookingRules rules, CancellationToken cancellationToken, AdvisorChange? how = null)
    {
        var directory = await directories.GetAsync(territory, cancellationToken);
        var errors = Check(rules, directory);
        if (errors.Any)
        {
            return new Refusal.Invalid(errors);
        }

        var rewritten = await rewrite.ExecuteAsync(
            territory,
            id,
            advisor => DirectoryEquality.AreEqual(advisor.Rules, rules) ? null : advisor with { Rules = rules == BookingRules.None ? null : rules },
            how ?? new AdvisorChange(),
            cancellationToken);
        return rewritten.Map(done => new HoursChanged(done.Advisor.HoursVersion, Outside(directory, done)));
    }

    private static FieldErrors Check(BookingRules rules, TerritoryDirectory directory)
    {
        var errors = new FieldErrors();
        if (!IsOnGrid(rules.PauseMinutes, BookingRules.MaxPauseMinutes))
        {
            errors.Add("pauseMinutes", $"Une pause dure de 0 à {BookingRules.MaxPauseMinutes} minutes, de {DayGrid.MinutesPerCell} en {DayGrid.MinutesPerCell}.");
        }

        if (rules.AppointmentsPerDay is < 1 or > BookingRules.MaxAppointmentsPerDay)
        {
            errors.Add("appointmentsPerDay", $"Indiquez de 1 à {BookingRules.MaxAppointmentsPerDay} rendez-vous par jour, ou rien.");
        }

        if (rules.HomeKilometres is < 0 or > BookingRules.MaxHomeKilometres)
        {
            errors.Add("homeKilometres", $"Indiquez de 0 à {BookingRules.MaxHomeKilometres} kilomètres : 0 pour ne pas aller à domicile.");
        }

        if (rules.VideoLink is { } link && !VideoLink.IsValid(link))
        {
            errors.Add("videoLink", VideoLink.Problem);
        }

        var travels = rules.Travels ?? [];
        if (travels.Count > BookingRules.MaxTravels)
        {
            errors.Add("travels", $"Indiquez {BookingRules.MaxTravels} trajets au plus.");
        }

        for (var i = 0; i < travels.Count; i++)
        {
            var (from, to, minutes) = travels[i];
            if (!directory.Places.ContainsKey(from) || !directory.Places.ContainsKey(to) || from == to)
            {
                errors.Add($"travels[{i}]", "Indiquez deux lieux différents de ce département.");
            }

            if (!IsOnGrid(minutes, BookingRules.MaxTravelMinutes))
            {
                errors.Add($"travels[{i}].minutes", $"Un trajet dure de 0 à {BookingRules.MaxTravelMinutes} minutes, de {DayGrid.MinutesPerCell} en {DayGrid.MinutesPerCell}.");
            }
        }

        return errors;
    }

    private static bool IsOnGrid(int minutes, int most) => minutes >= 0 && minutes <= most && minutes % DayGrid.MinutesPerCell == 0;

    private List<AppointmentReference> Outside(TerritoryDirectory directory, AdvisorRewritten done)
    {
        var (territory, now) = (directory.Territory, clock.GetCurrentInstant());
        var today = now.InZone(territory.Zone).Date;
        return [.. done.Months
            .SelectMany(month => month.Days.Where(day => month.Month.OnDayOfMonth(day.Key) >= today))
            .SelectMany(day => day.Value.Entries
                .Where(entry => entry is { Kind: EntryKind.Appointment, PlaceId: { } place }
                    && !(DayOffer.Taken(directory.Rules, done.Advisor, day.Value, place, new OfferTo(now, Moving: entry.Id) { Home = entry.Home }) & entry.Grid).IsEmpty)
                .Select(entry => entry.ReferenceIn(territory)))
            .OfType<AppointmentReference>()];
    }
}
