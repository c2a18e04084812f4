using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;

namespace Rdv.Hotline;

/// <summary>How a caller is found: by their number, by their reference or a link of ours, or by their name in a territory, on a day when it is known.</summary>
public sealed record CallerSearch(string? Phone = null, Territory? Territory = null, string? Reference = null, LocalDate? Date = null, string? Name = null);

/// <param name="Appointments">The ones to come first, the nearest first; then the past ones, the latest first.</param>
/// <param name="InTrouble">The territories that could not be asked: what the caller has there is not known.</param>
public sealed record CallerAppointments(IReadOnlyList<Appointment> Appointments, IReadOnlyList<Territory> InTrouble);

/// <summary>Finds the appointments of a caller.</summary>
public sealed partial class FindAppointments(
    IAppointmentStore appointments, IAgendaStore agenda, IDirectoryStore directoryStore, Links links, RdvSettings settings, IClock clock, ILogger<FindAppointments> logger)
{
    private const int RequestsAtOnce = 16;
    private const int MaxFound = 50;

    // Who calls about an appointment has had it lately, or has it before them.
    private const int DaysBack = 30;
    private const int ReadsAStep = 256;

    // Where the short numbers of one of these are typed, and nobody said which.
    private static readonly Territory[] PhoneTerritories = [.. new[] { "75", "975", "986", "987", "988" }.Select(Territories.Territory.Parse)];

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<CallerAppointments>> ExecuteAsync(CallerSearch search, CancellationToken cancellationToken)
    {
        IReadOnlyList<AppointmentReference> references;
        IReadOnlyList<Territory> inTrouble = [];
        switch (search)
        {
            case { Reference: { Length: > 0 } text }:
                if (!AppointmentReference.TryParse(text, out var reference) && !ManageLink.TryFindReference(text, out reference))
                {
                    return new Refusal.Invalid("reference", "Cette référence n'est pas complète. Exemple : 69-K7Q2-9XM4.");
                }

                references = [reference];
                break;
            case { Phone: { Length: > 0 } phone }:
                var numbers = NumbersOf(phone, search.Territory);
                if (numbers.Count == 0)
                {
                    return new Refusal.Invalid("phone", PeopleForm.Message(PhoneNumber.Read(phone, search.Territory ?? PhoneTerritories[0], out _) ?? PhoneFault.Incomplete));
                }

                (references, inTrouble) = await FindByPhoneAsync(numbers, search.Territory, cancellationToken);
                break;
            case { Territory: { } territory, Name: { Length: > 0 } name }:
                return new CallerAppointments(Sort(await FindByNameAsync(territory, search.Date, name, cancellationToken)), []);
            default:
                return new Refusal.Invalid("phone", "Indiquez un numéro de téléphone, une référence, ou un nom et un département.");
        }

        return new CallerAppointments(Sort(await ReadAsync(references, cancellationToken)), inTrouble);
    }

    /// <summary>The number, or the few that it may be where nobody said in which territory it is dialled.</summary>
    public static IReadOnlyList<PhoneNumber> NumbersOf(string? phone, Territory? territory) =>
    [
        .. (territory is { } one ? [one] : PhoneTerritories)
            .Select(where => PhoneNumber.TryParse(phone, where, out var number) ? number : (PhoneNumber?)null)
            .OfType<PhoneNumber>()
            .Distinct(),
    ];

    /// <summary>One query a territory and live key; all territories when the caller's is not known.</summary>
    private async Task<(IReadOnlyList<AppointmentReference> References, IReadOnlyList<Territory> InTrouble)> FindByPhoneAsync(
        IReadOnlyList<PhoneNumber> phones, Territory? territory, CancellationToken cancellationToken)
    {
        IReadOnlyList<Territory> territories = territory is { } one ? [one] : await directoryStore.ListTerritoriesAsync(cancellationToken);
        var indexes = phones.SelectMany(links.IndexesOf).ToList();
        var entries = new ConcurrentBag<PhoneEntry>();
        var inTrouble = await territories.InEachAsync(
            RequestsAtOnce,
            async (where, token) =>
            {
                foreach (var index in indexes)
                {
                    foreach (var entry in await appointments.FindByPhoneAsync(where, index, token))
                    {
                        entries.Add(entry);
                    }
                }
            },
            (where, exception) => LogInTrouble(logger, where.Code, exception),
            cancellationToken);
        if (inTrouble.Count > 0 && inTrouble.Count == territories.Count)
        {
            throw new StorageUnavailableException("No territory answered.");
        }

        var now = clock.GetCurrentInstant();
        return (
            [.. entries
                .OrderBy(entry => entry.Start < now)
                .ThenBy(entry => entry.Start < now ? now - entry.Start : entry.Start - now)
                .Select(entry => entry.Reference)
                .Distinct()
                .Take(MaxFound)],
            inTrouble);
    }

    /// <summary>
    /// One query for the days, then a point read for each appointment of them, the nearest days first, until as many are found as an operator
    /// looks through. Those of another name are compared, and shown to nobody.
    /// </summary>
    /// <param name="date">Null for the last <see cref="DaysBack"/> days and those that may be booked.</param>
    private async Task<IReadOnlyList<Appointment>> FindByNameAsync(Territory territory, LocalDate? date, string name, CancellationToken cancellationToken)
    {
        var today = clock.GetCurrentInstant().InZone(territory.Zone).Date;
        var (from, to) = date is { } day ? (day, day) : (today.PlusDays(-DaysBack), today.PlusDays(settings.HorizonDays));
        var months = await agenda.ReadDaysAsync(territory, from, to, cancellationToken);
        var references = Dates(from, to)
            .OrderBy(when => when < today)
            .ThenBy(when => Period.DaysBetween(when < today ? when : today, when < today ? today : when))
            .SelectMany(when => months.Where(month => month.Month == when.ToYearMonth()).SelectMany(month => month.Day(when).Entries))
            .SelectMany(entry => entry.ReferencesIn(territory))
            .ToList();
        var found = new List<Appointment>();
        foreach (var step in references.Chunk(ReadsAStep).TakeWhile(_ => found.Count < MaxFound))
        {
            found.AddRange((await Acting.UnseenAsync(() => ReadAsync(step, cancellationToken))).Where(appointment => Spelling.Matches(appointment.Citizen.Name, name)));
        }

        found = [.. found.Take(MaxFound)];
        found.ForEach(appointment => Acting.Saw(appointment.Reference.ToString()));
        return found;

        static IEnumerable<LocalDate> Dates(LocalDate from, LocalDate to) =>
            Enumerable.Range(0, Period.DaysBetween(from, to) + 1).Select(from.PlusDays);
    }

    private async Task<IReadOnlyList<Appointment>> ReadAsync(IReadOnlyList<AppointmentReference> references, CancellationToken cancellationToken)
    {
        var found = new Appointment?[references.Count];
        await Parallel.ForAsync(
            0,
            references.Count,
            new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce, CancellationToken = cancellationToken },
            async (i, token) => found[i] = (await appointments.ReadAsync(references[i], token))?.Value);
        return [.. found.OfType<Appointment>()];
    }

    private List<Appointment> Sort(IReadOnlyList<Appointment> found)
    {
        var now = clock.GetCurrentInstant();
        return [.. found.OrderBy(appointment => appointment.Start < now).ThenBy(appointment => appointment.Start < now ? now - appointment.Start : appointment.Start - now)];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Territory {Territory} did not say what a caller has in it.")]
    private static partial void LogInTrouble(ILogger logger, string territory, Exception exception);
}
