using NodaTime;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Calls;
using Rdv.Chores;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Privacy;

/// <param name="Erased">The appointments whose person is forgotten now.</param>
/// <param name="Cancelled">Those that were to come: their person is forgotten at <paramref name="Until"/>, when its messages have left.</param>
/// <param name="Until">Null when nothing was cancelled.</param>
/// <param name="Waiting">How many requests to be called went.</param>
/// <param name="Calls">How many calls to make went, and how many notes of calls that were made.</param>
public sealed record PersonErased(
    IReadOnlyList<AppointmentReference> Erased, IReadOnlyList<AppointmentReference> Cancelled, Instant? Until, int Waiting, int Calls);

/// <summary>
/// Erases a person (GDPR, article 17): appointments, waiting list, calls and notes keep nobody. Once more, it erases what is there by then,
/// at once.
/// </summary>
public sealed class ErasePerson(
    FindPerson find, ForgetAppointment forget, CancelAppointment cancel, IPrivacyLog log, Writer writer, Links links, IClock clock)
{
    /// <summary>So long a person is known whose appointment was just cancelled: until they, and their advisor, have been told.</summary>
    public static readonly Duration TellingTime = Duration.FromDays(1);

    /// <param name="territory">Null for all.</param>
    /// <param name="cancelToCome">What is still to come is cancelled, with its usual messages; refused otherwise.</param>
    /// <param name="by">The role of who asks.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer: nothing was done.</exception>
    /// <exception cref="UnknownOutcomeException">A part was done. The same request does the rest.</exception>
    public Task<Result<PersonErased>> ExecuteAsync(string? phone, Territory? territory, bool cancelToCome, string by, CancellationToken cancellationToken) =>
        FindPerson.Read(phone, territory).ThenAsync<PersonErased>(async number =>
        {
            var records = await find.ExecuteAsync(number, territory, cancellationToken);
            var now = clock.GetCurrentInstant();
            var toCome = records.Appointments.Where(appointment => appointment.Status == AppointmentStatus.Booked && appointment.Start > now).ToList();
            if (toCome.Count > 0 && !cancelToCome)
            {
                return new Refusal.StillToCome([.. toCome.Select(appointment => appointment.Reference)]);
            }

            // Before anything is erased, and only once it will be: a restore carries out what is noted.
            await log.WriteAsync(new PrivacyRequest(now, PrivacyKinds.Erase, by, links.IndexOf(number), territory), cancellationToken);
            try
            {
                return await EraseAsync(records, toCome, cancellationToken);
            }
            catch (Exception exception) when (exception is StorageUnavailableException or ContendedException)
            {
                throw new UnknownOutcomeException("A person was erased in part.", exception);
            }
        });

    private async Task<PersonErased> EraseAsync(PersonRecords records, IReadOnlyList<Appointment> toCome, CancellationToken cancellationToken)
    {
        var until = clock.GetCurrentInstant() + TellingTime;
        var cancelled = new List<AppointmentReference>();
        foreach (var appointment in toCome)
        {
            // What has begun meanwhile is erased as what is over.
            if ((await cancel.ExecuteAsync(appointment.Reference, new Access.ByStaff(Actor.Hotline), reason: null, cancellationToken, whole: true)).Refusal is null)
            {
                cancelled.Add(appointment.Reference);
                await WriteAsync(appointment.Territory, new RowWrite.Put(new Chore(appointment.Reference, ChoreKinds.Forget, until, Version: 1)));
            }
        }

        var erased = new List<AppointmentReference>();
        foreach (var appointment in records.Appointments.Where(appointment => !cancelled.Contains(appointment.Reference)))
        {
            if (await forget.ExecuteAsync(appointment.Reference, cancellationToken))
            {
                erased.Add(appointment.Reference);
            }
        }

        foreach (var person in records.Waiting)
        {
            await WriteAsync(person.Territory, new RowWrite.Delete(person));
        }

        var open = records.CallsToMake.Where(call => call.Subject.Reference is not { } about || !cancelled.Contains(about)).ToList();
        foreach (var call in open)
        {
            await WriteAsync(call.Subject.Territory, new RowWrite.Delete(call));
        }

        var notes = records.CallsMade.Where(call => call.Note is not null).ToList();
        foreach (var call in notes)
        {
            await WriteAsync(call.Subject.Territory, new RowWrite.Put(call.WithoutNote()));
        }

        return new PersonErased(erased, cancelled, cancelled.Count > 0 ? until : null, records.Waiting.Count, open.Count + notes.Count);

        // Of two at once, either has erased it: what is gone is no conflict.
        Task WriteAsync(Territory territory, RowWrite write)
        {
            var tried = false;
            return writer.WriteAsync<bool>(
                territory,
                _ =>
                {
                    var decision = tried && write is RowWrite.Delete ? (Decision<bool>)true : new Decision<bool>.Write([write], true);
                    tried = true;
                    return Task.FromResult(decision);
                },
                cancellationToken);
        }
    }
}
