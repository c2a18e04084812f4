using NodaTime;
using Rdv.Agenda;
using Rdv.Chores;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Workshops;

/// <param name="Told">How many seats are given up. Who is enrolled in the course is told once.</param>
/// <param name="Repeated">It was so already: nothing changed.</param>
public sealed record CourseCancelled(Course Course, int Told, bool Repeated);

/// <summary>Cancels all sessions of a course that are to come in one transaction; those who are enrolled follow, each in one of their own.</summary>
public sealed class CancelCourse(IWorkshopStore workshops, IAgendaStore agenda, Writer writer, RunWorkshop runWorkshop, IClock clock)
{
    /// <param name="advisor">Whose course it has to be.</param>
    /// <param name="reason">Up to 500 characters, kept with each appointment.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<CourseCancelled>> ExecuteAsync(
        Territory territory, AdvisorId advisor, CourseId id, string? reason, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var checkedReason = PeopleForm.CheckText(reason, "reason", PeopleForm.MaxText, errors);
        if (errors.Any)
        {
            return new Refusal.Invalid(errors);
        }

        var written = await writer.WriteAsync<(CourseCancelled Change, Chore? Chore)>(
            territory, token => DecideAsync(territory, advisor, id, checkedReason, token), cancellationToken);
        if (written.Succeeded(out var done) && done.Chore is { } chore)
        {
            await runWorkshop.RunNowAsync(chore, cancellationToken);
        }

        return written.Map(value => value.Change);
    }

    private async Task<Decision<(CourseCancelled Change, Chore? Chore)>> DecideAsync(
        Territory territory, AdvisorId advisor, CourseId id, string? reason, CancellationToken cancellationToken)
    {
        if (await workshops.ReadCourseAsync(territory, id, cancellationToken) is not { } course || !course.Sessions.Any(session => session.Value.IsOf(advisor)))
        {
            return new Refusal.NotFound();
        }

        var now = clock.GetCurrentInstant();
        var toCome = course.ToCome(now);
        if (toCome.Count == 0)
        {
            return course.IsCancelled ? (new CourseCancelled(course, 0, Repeated: true), (Chore?)null) : new Refusal.TooLate();
        }

        if (await HeldSeats.ReadAsync(agenda, [.. toCome.SelectMany(session => HeldSeats.InEachAgenda(session.Value))], cancellationToken) is not { } held)
        {
            return new Decision<(CourseCancelled, Chore?)>.ReadAgain();
        }

        var cancelled = toCome.Select(session => session with { Value = session.Value with { IsCancelled = true, Version = session.Value.Version + 1 } }).ToList();
        var seated = held.SelectMany(session => session.Entry.ReferencesIn(territory)).ToList();
        var chore = seated.Count == 0 ? null : WorkshopChore.Of(cancelled[0].Value, reason, seated, now, whole: true);
        var after = cancelled.ToDictionary(session => session.Value.Id);
        return new Decision<(CourseCancelled, Chore?)>.Write(
            [
                .. cancelled.Select(session => new RowWrite.Replace(session.Value, session.ETag)),
                .. HeldSeats.WriteDays(held, (day, session) => day.Without(session.Entry.Id) with { Cancelled = day.Cancelled + (session.Seats.Lead is null ? 1 : 0) }),
                .. cancelled.SelectMany(session => WorkshopNews.Of(MessageKinds.InviteCancel, session.Value, now)),
                .. chore is null ? [] : new RowWrite[] { new RowWrite.Insert(chore) },
            ],
            (new CourseCancelled(course with { Sessions = [.. course.Sessions.Select(session => after.GetValueOrDefault(session.Value.Id, session))] }, seated.Count, Repeated: false), chore));
    }
}
