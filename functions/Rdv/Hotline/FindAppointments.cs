using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;

namespace Rdv.Hotline;

/// <summary>How a caller is found: by their number, by their reference, or by territory, day and name.</summary>
public sealed record CallerSearch(string? Phone = null, Territory? Territory = null, string? Reference = null, LocalDate? Date = null, string? Name = null);

/// <param name="Appointments">The ones to come first, the nearest first; then the past ones, the latest first.</param>
public sealed record CallerAppointments(IReadOnlyList<Appointment> Appointments);

/// <summary>Finds the appointments of a caller.</summary>
public sealed class FindAppointments(
    IAppointmentStore appointments, IAgendaStore agenda, IDirectoryStore directoryStore, Links links, IClock clock)
{
    private const int TerritoriesAtOnce = 16;
    private const int MaxFound = 50;

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<CallerAppointments>> ExecuteAsync(CallerSearch search, CancellationToken cancellationToken)
    {
        IReadOnlyList<AppointmentReference> references;
        switch (search)
        {
            case { Reference: { Length: > 0 } text }:
                if (!AppointmentReference.TryParse(text, out var reference))
                {
                    return new Refusal.Invalid("reference", "Cette référence n'est pas complète. Exemple : 69-K7Q2-9XM4.");
                }

                references = [reference];
                break;
            case { Phone: { Length: > 0 } phone }:
                if (!PhoneNumber.TryParse(phone, search.Territory ?? Territories.Territory.Parse("75"), out var number))
                {
                    return new Refusal.Invalid("phone", "Ce numéro de téléphone n'est pas complet.");
                }

                references = await FindByPhoneAsync(number, search.Territory, cancellationToken);
                break;
            case { Territory: { } territory, Date: { } date, Name: { Length: > 0 } name }:
                return new CallerAppointments(Sort(await FindByNameAsync(territory, date, name, cancellationToken)));
            default:
                return new Refusal.Invalid("phone", "Indiquez un numéro de téléphone ou une référence.");
        }

        return new CallerAppointments(Sort(await ReadAsync(references, cancellationToken)));
    }

    /// <summary>One query a territory and live key; all territories when the caller's is not known.</summary>
    private async Task<IReadOnlyList<AppointmentReference>> FindByPhoneAsync(PhoneNumber phone, Territory? territory, CancellationToken cancellationToken)
    {
        IReadOnlyList<Territory> territories = territory is { } one ? [one] : await directoryStore.ListTerritoriesAsync(cancellationToken);
        var queries = territories.SelectMany(where => links.IndexesOf(phone).Select(index => (where, index)));
        var entries = new System.Collections.Concurrent.ConcurrentBag<PhoneEntry>();
        await Parallel.ForEachAsync(
            queries,
            new ParallelOptions { MaxDegreeOfParallelism = TerritoriesAtOnce, CancellationToken = cancellationToken },
            async (query, token) =>
            {
                foreach (var entry in await appointments.FindByPhoneAsync(query.where, query.index, token))
                {
                    entries.Add(entry);
                }
            });
        var now = clock.GetCurrentInstant();
        return [.. entries
            .OrderBy(entry => entry.Start < now)
            .ThenBy(entry => entry.Start < now ? now - entry.Start : entry.Start - now)
            .Select(entry => entry.Reference)
            .Distinct()
            .Take(MaxFound)];
    }

    private async Task<IReadOnlyList<Appointment>> FindByNameAsync(Territory territory, LocalDate date, string name, CancellationToken cancellationToken)
    {
        var months = await agenda.ReadDaysAsync(territory, date, date, cancellationToken);
        var references = months
            .SelectMany(month => month.Day(date).Entries)
            .SelectMany(entry => entry.ReferencesIn(territory))
            .ToList();
        return [.. (await ReadAsync(references, cancellationToken)).Where(appointment => Spelling.Contains(appointment.Citizen.Name, name)).Take(MaxFound)];
    }

    private async Task<IReadOnlyList<Appointment>> ReadAsync(IReadOnlyList<AppointmentReference> references, CancellationToken cancellationToken)
    {
        var found = new Appointment?[references.Count];
        await Parallel.ForAsync(0, references.Count, cancellationToken, async (i, token) => found[i] = (await appointments.ReadAsync(references[i], token))?.Value);
        return [.. found.OfType<Appointment>()];
    }

    private List<Appointment> Sort(IReadOnlyList<Appointment> found)
    {
        var now = clock.GetCurrentInstant();
        return [.. found.OrderBy(appointment => appointment.Start < now).ThenBy(appointment => appointment.Start < now ? now - appointment.Start : appointment.Start - now)];
    }
}
