using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Text;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Language;
using Rdv.Pages.Advisors;
using Rdv.Workshops;

namespace Rdv.Functions.Pages.Advisors;

/// <summary>Plans a workshop, or a course on one day of the week.</summary>
public sealed class SubmitWorkshop(PlanWorkshop plan, PlanCourse planCourse, ITerritoryDirectories directories, AgendaPages agendas, PageResults pages)
{
    [Function("PlanWorkshopPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "advisor/ateliers")] HttpRequest request, CancellationToken cancellationToken) =>
        agendas.ChangeAsync(request, async (shown, posted) =>
        {
            var form = WorkshopForm.Read(field => posted[field]);
            var errors = new FieldErrors();
            var result = form.Begins(errors) is not { } start ? new Refusal.Invalid(errors)
                : form.SessionCount <= 1 ? await PlanWorkshopAsync(shown, form, start, posted["jeton"], cancellationToken)
                : await PlanCourseAsync(shown, form, start, posted["jeton"], cancellationToken);
            return result.Succeeded(out var done)
                ? PageResults.SeeOther($"/advisor?du={form.Date}{shown.Query}&fait={done}")
                : await RefusedAsync(request, shown, form, result.Refusal!, cancellationToken);
        }, cancellationToken);

    private async Task<Result<string>> PlanWorkshopAsync(ShownAgenda shown, WorkshopForm form, LocalDateTime start, string? token, CancellationToken cancellationToken)
    {
        var identity = RequestIdentity.Of(
            $"page-workshop|{shown.Territory}|{shown.Advisor}", token, $"{form.Title}|{form.Topic}|{start}|{form.Length}|{form.PlaceId}|{form.Count}|{form.CoAdvisor}");
        var workshop = new WorkshopRequest(
            shown.Territory,
            shown.Advisor,
            form.Title,
            form.Topic,
            BookingDraft.InstantOf(shown.Territory, start),
            form.Length,
            form.PlaceId,
            form.Count,
            identity)
        {
            CoAdvisorId = form.CoAdvisor,
        };
        return (await plan.ExecuteAsync(workshop, cancellationToken)).Map(_ => "atelier");
    }

    private async Task<Result<string>> PlanCourseAsync(ShownAgenda shown, WorkshopForm form, LocalDateTime start, string? token, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(shown.Territory, cancellationToken);
        var structure = directory.Advisors.TryGetValue(shown.Advisor, out var advisor) ? directory.Structures.GetValueOrDefault(advisor.StructureId) : null;
        var days = CourseDays.Of(shown.Territory, structure, start.Date, Math.Min(form.SessionCount, CourseId.MaxSessions + 1), form.EveryWeeks);
        var identity = RequestIdentity.Of(
            $"page-course|{shown.Territory}|{shown.Advisor}",
            token,
            $"{form.Title}|{form.Topic}|{start}|{form.Length}|{form.PlaceId}|{form.Count}|{form.SessionCount}|{form.EveryWeeks}|{form.CoAdvisor}");
        var course = new CourseRequest(
            shown.Territory,
            shown.Advisor,
            form.Title,
            form.Topic,
            form.Length,
            form.PlaceId,
            form.Count,
            [.. days.Days.Select(day => new SessionRequest(BookingDraft.InstantOf(shown.Territory, day.At(start.TimeOfDay))))],
            identity)
        {
            CoAdvisorId = form.CoAdvisor,
        };
        var planned = await planCourse.ExecuteAsync(course, cancellationToken);
        return planned.Refusal is Refusal.Invalid invalid
            ? new Refusal.Invalid(ByDay(invalid.Errors, days.Days))
            : planned.Map(_ => "cours" + string.Concat(days.Skipped.Select(day => "&saute=" + LocalDatePattern.Iso.Format(day))));
    }

    /// <summary>What is wrong with a session is said beside the hour, with its day.</summary>
    private static FieldErrors ByDay(FieldErrors errors, IReadOnlyList<LocalDate> days)
    {
        var said = new FieldErrors();
        foreach (var (field, messages) in errors.ByField)
        {
            var session = Enumerable.Range(0, days.Count).FirstOrDefault(index => field.StartsWith($"sessions[{index}]", StringComparison.Ordinal), -1);
            foreach (var message in messages)
            {
                said.Add(
                    session < 0 ? field : WorkshopForm.StartField,
                    session < 0 ? message : $"{FrenchDates.Date(days[session])}\u00a0: {char.ToLowerInvariant(message[0])}{message[1..]}");
            }
        }

        return said;
    }

    private async Task<IResult> RefusedAsync(
        HttpRequest request, ShownAgenda shown, WorkshopForm form, Refusal refusal, CancellationToken cancellationToken) => refusal switch
        {
            // The page was used before, for another workshop: it lies behind the back button.
            Refusal.IdempotencyMismatch => PageResults.SeeOther(shown.Return(request)),
            Refusal.Invalid or Refusal.Overlap => await agendas.ShowAsync(
                request, shown, cancellationToken, plan: form with { Errors = WorkshopForm.ErrorsOf(refusal) }, statusCode: StatusCodes.Status400BadRequest),
            _ => pages.Forbidden(),
        };
}
