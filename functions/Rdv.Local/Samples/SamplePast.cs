using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Directory.Import;
using Rdv.Ids;
using Rdv.Load;
using Rdv.People;
using Rdv.Territories;
using Rdv.Transactions;
using Rdv.Waiting;

namespace Rdv.Local.Samples;

/// <summary>
/// Twelve weeks that the sample people have lived: what they offered, who came and who did not, and what was asked in vain. Days only, as they are
/// once people are forgotten: nobody's name, and nothing of the last week, which is left to whoever tries the program. In one département alone
/// people are known, and one of them waits.
/// </summary>
internal sealed class SamplePast(
    WriteDirectory write,
    IAgendaStore agenda,
    ITerritoryDirectories directories,
    Writer writer,
    FreezeSums sums,
    SamplePeople known,
    AskToBeCalled ask,
    IClock clock)
{
    private const int Weeks = 12;
    private const int LeftAlone = 7;
    private const int Hour = 60 / DayGrid.MinutesPerCell;

    private static readonly Territory Isere = Territory.Parse("38");

    private static readonly Territory[] Territories = [Territory.Parse("69"), Territory.Parse("67"), Territory.Parse("974"), Isere];

    private static readonly HashSet<string> People =
    [
        "aline-exemple", "bachir-modele", "camille-essai", "diego-fictif", "elise-maquette", "frieda-echantillon", "gael-demonstration",
        "lucie-specimen", "marc-prototype",
    ];

    private static readonly (string Insee, string Topic, int WeeksAgo, int Count)[] Asked =
    [
        ("69256", "premiers-pas", 2, 4), ("69256", "demarches", 3, 3), ("69029", "premiers-pas", 4, 3), ("69290", "courriels", 5, 2), ("69266", "smartphone", 3, 5),
    ];

    /// <summary>Once: started again, the data are as they were left.</summary>
    public async Task LiveAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Territories.Select(territory => LiveAsync(territory, cancellationToken)));
        await sums.ExecuteAsync(new Dictionary<Territory, int>(), cancellationToken);
    }

    private async Task LiveAsync(Territory territory, CancellationToken cancellationToken)
    {
        var today = clock.GetCurrentInstant().InZone(territory.Zone).Date;
        var first = today.PlusDays(1 - (int)today.DayOfWeek).PlusWeeks(-Weeks);
        var newcomers = (await directories.ReloadAsync(territory, cancellationToken)).Advisors.Values
            .Where(advisor => advisor.Since == today && People.Contains(advisor.Id.Value))
            .ToList();
        if (newcomers.Count == 0)
        {
            return;
        }

        await write.ExecuteAsync(
            territory, newcomers, (advisor, _) => Task.FromResult<RowWrite?>(new RowWrite.Put(advisor with { Since = first })), cancellationToken);
        var directory = await directories.ReloadAsync(territory, cancellationToken);
        var met = newcomers.SelectMany(advisor => known.Of(directory, directory.Advisors[advisor.Id], today)).ToList();
        Task waits = territory == Isere ? WaitAsync(cancellationToken) : Task.CompletedTask;
        var last = met.Select(appointment => appointment.LocalStart.Date).Append(today.PlusDays(-1)).Max();
        var months = await Task.WhenAll(newcomers.SelectMany(advisor => Horizon.Months(first, last)
            .Select(month => agenda.ReadMonthAsync(territory, advisor.Id, month, cancellationToken))));
        var rows = months.Select(month => month.Write(
                WithKnown(Days(directory, directory.Advisors[month.AdvisorId], month.Month, first, today), month, met), month.HoursVersion))
            .Concat(territory.Code == "69" ? Demands(territory, today).Select(one => new RowWrite.Put(one)) : [])
            .Concat(met.SelectMany(known.Rows));
        foreach (var chunk in rows.Chunk(ITransactions.MaxRows))
        {
            await writer.WriteAsync<bool>(territory, _ => Task.FromResult<Decision<bool>>(new Decision<bool>.Write(chunk, true)), cancellationToken);
        }

        await waits;
    }

    /// <summary>Somebody for whom nothing was free in the full town. Asked for again, the list has them already.</summary>
    private Task<Result<Listed>> WaitAsync(CancellationToken cancellationToken) => ask.ExecuteAsync(
        new CallbackRequest(
            Isere,
            "demarches",
            "38053",
            new CitizenForm("Berthe Patiente", "06 39 98 38 30"),
            "Je suis libre tous les après-midi.",
            Actor.Citizen,
            RequestIdentity.Of("sample-waiting", "berthe-patiente", "")),
        cancellationToken);

    private Dictionary<int, DayAgenda> WithKnown(Dictionary<int, DayAgenda> days, AgendaMonth month, List<Appointment> met)
    {
        foreach (var appointment in met.Where(one => one.AdvisorId == month.AdvisorId && one.LocalStart.Date.ToYearMonth() == month.Month))
        {
            var day = appointment.LocalStart.Day;
            days[day] = known.Into(days.GetValueOrDefault(day, DayAgenda.Empty), appointment);
        }

        return days;
    }

    private static Dictionary<int, DayAgenda> Days(TerritoryDirectory directory, Advisor advisor, YearMonth month, LocalDate first, LocalDate today)
    {
        var days = new Dictionary<int, DayAgenda>();
        for (var date = LocalDate.Max(first, month.OnDayOfMonth(1)); date < today && date.ToYearMonth() == month; date = date.PlusDays(1))
        {
            if (directory.Rules.Open(advisor, date) is { IsEmpty: false } open)
            {
                days[date.Day] = Day(directory, advisor, date, open, lived: date < today.PlusDays(-LeftAlone));
            }
        }

        return days;
    }

    private static DayAgenda Day(TerritoryDirectory directory, Advisor advisor, LocalDate date, DayGrid open, bool lived)
    {
        // Of the same person and day always the same.
        var random = new Random(advisor.Id.Value.Aggregate(date.DayOfYear, (sum, letter) => unchecked((sum * 31) + letter)));
        var place = advisor.Hours.First(hours => hours.HoldsOn(date) && hours.Days.Contains((int)date.DayOfWeek)).PlaceId;
        var (entries, offered) = (DayAgenda.Empty.Entries, open.Count * DayGrid.MinutesPerCell);
        var starts = open.Fit(Hour);
        for (var cell = starts.Next(0); lived && cell >= 0; cell = starts.Next(cell + Hour))
        {
            if (random.NextDouble() < Taken(date.DayOfWeek, isAfternoon: cell >= 12 * Hour))
            {
                entries = entries.Add(new AgendaEntry(
                    EntryKind.Appointment,
                    cell,
                    Hour,
                    AppointmentReference.Derive(directory.Territory, $"sample|{advisor.Id}|{date}|{cell}").Code,
                    "premiers-pas",
                    place,
                    Version: 1,
                    random.Next(12) == 0 ? EntryOutcome.Missed : EntryOutcome.Kept));
            }
        }

        return new DayAgenda(entries, lived && random.Next(4) == 0 ? 1 : 0, lived && random.Next(3) == 0 ? random.Next(1, 3) : 0, offered);
    }

    private static double Taken(IsoDayOfWeek day, bool isAfternoon) => (day, isAfternoon) switch
    {
        (IsoDayOfWeek.Thursday, true) => 0.97,
        (IsoDayOfWeek.Monday, false) => 0.33,
        (_, true) => 0.7,
        _ => 0.6,
    };

    private static IEnumerable<Demand> Demands(Territory territory, LocalDate today) => Asked.SelectMany(asked => Enumerable.Range(0, asked.Count).Select(number => new Demand(
        territory, Demand.WeekOf(today.PlusWeeks(-asked.WeeksAgo)), asked.Insee, asked.Topic, $"qs{asked.WeeksAgo}{asked.Insee}{number}")));
}
