using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Appointments;
using Rdv.Calls;
using Rdv.Directory;
using Rdv.Hotline;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;
using Rdv.Waiting;

namespace Rdv.Privacy;

/// <summary>Finds all that is stored under a number. Who is only somebody's helper is not found: no row leads from a helper's number.</summary>
public sealed partial class FindPerson(
    IAppointmentStore appointments, IWaitingStore waiting, ICallStore calls, IDirectoryStore directoryStore, Links links, IClock clock, ILogger<FindPerson> logger)
{
    private const int TerritoriesAtOnce = 16;

    // Longer than any call is put off.
    private static readonly Duration AllCalls = Duration.FromDays(800);

    /// <summary>The one number that was typed. One that may be several people's is refused.</summary>
    public static Result<PhoneNumber> Read(string? phone, Territory? territory) => FindAppointments.NumbersOf(phone, territory) switch
    {
        [var one] => one,
        [] => new Refusal.Invalid("phone", "Ce numéro n'est pas complet. Exemple : 06 39 98 12 34."),
        _ => new Refusal.Invalid("territory", "Ce numéro court existe dans plusieurs territoires : indiquez lequel."),
    };

    /// <param name="territory">Null for all.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer, for one territory: a part is no answer here.</exception>
    public async Task<PersonRecords> ExecuteAsync(PhoneNumber phone, Territory? territory, CancellationToken cancellationToken)
    {
        IReadOnlyList<Territory> territories = territory is { } one ? [one] : await directoryStore.ListTerritoriesAsync(cancellationToken);
        var found = new ConcurrentBag<PersonRecords>();
        var inTrouble = await territories.InEachAsync(
            TerritoriesAtOnce,
            async (where, token) => found.Add(await ReadAsync(phone, where, token)),
            (where, exception) => LogInTrouble(logger, where.Code, exception),
            cancellationToken);
        return inTrouble.Count > 0
            ? throw new StorageUnavailableException($"The records of {inTrouble.Count} territories could not be read.")
            : new PersonRecords(
                phone,
                [.. found.SelectMany(part => part.Appointments).OrderBy(appointment => appointment.Start)],
                [.. found.SelectMany(part => part.Waiting).OrderBy(person => person.CreatedAt)],
                [.. found.SelectMany(part => part.CallsToMake).OrderBy(call => call.DueAt)],
                [.. found.SelectMany(part => part.CallsMade).OrderBy(call => call.At)]);
    }

    private async Task<PersonRecords> ReadAsync(PhoneNumber phone, Territory territory, CancellationToken cancellationToken)
    {
        var theirs = new List<Appointment>();
        foreach (var index in links.IndexesOf(phone))
        {
            foreach (var entry in await appointments.FindByPhoneAsync(territory, index, cancellationToken))
            {
                if (await appointments.ReadAsync(entry.Reference, cancellationToken) is { Value: var appointment })
                {
                    theirs.Add(appointment);
                }
            }
        }

        var waits = (await waiting.ListAsync(territory, cancellationToken)).Select(stored => stored.Value)
            .Where(person => person.Citizen.Phone == phone || theirs.Exists(appointment => appointment.Reference == person.InPlaceOf))
            .ToList();
        waits.ForEach(person => Acting.Saw(person.Id.ToString()));
        HashSet<Subject> subjects = [.. theirs.Select(appointment => Subject.Of(appointment.Reference)), .. waits.Select(person => person.Id.Subject)];

        // Who waited may be off the list by now: the notes of these calls are found by themselves.
        var made = (await calls.ListNotesAsync(territory, [.. links.IndexesOf(phone)], cancellationToken)).Where(call => !subjects.Contains(call.Subject)).ToList();
        made.ForEach(call => Acting.Saw(call.Subject.ToString()));
        if (subjects.Count == 0)
        {
            return new PersonRecords(phone, [], [], [], made);
        }

        foreach (var subject in subjects)
        {
            made.AddRange(await calls.ListMadeAsync(subject, cancellationToken));
        }

        var open = (await calls.ListAsync(territory, clock.GetCurrentInstant() + AllCalls, cancellationToken)).Where(call => subjects.Contains(call.Subject));
        return new PersonRecords(phone, theirs, waits, [.. open], made);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Territory {Territory} did not say what it stores of a person.")]
    private static partial void LogInTrouble(ILogger logger, string territory, Exception exception);
}
