using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Functions.Staff;
using Rdv.Ids;
using Rdv.Pages.Advisors;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Advisors;

/// <summary>The hours of an advisor as a week that one edits: what the public will see, and who falls outside, before it is saved.</summary>
public sealed class EditHours(
    ChangeOpeningHours change, IAppointmentStore appointments, ITerritoryDirectories directories, StaffPages staff, PageResults pages, RdvSettings settings, IClock clock)
{
    [Function("HoursPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "advisor/heures")] HttpRequest request, CancellationToken cancellationToken) =>
        RunAsync(request, edited => Task.FromResult(Show(edited, HoursForm.Of(edited.Advisor, edited.Today, edited.FirstPlace))), cancellationToken);

    [Function("SubmitHoursPage")]
    public Task<IResult> SubmitAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "advisor/heures")] HttpRequest request, CancellationToken cancellationToken) =>
        RunAsync(request, async edited =>
            await PostedForm.ReadAsync(request, settings, cancellationToken) is { } posted && HoursForm.Read(field => posted[field]) is { } form
                ? posted[HoursForm.DoField] switch
                {
                    HoursForm.More => Show(edited, form.WithMore(edited.FirstPlace)),
                    { } what when what.StartsWith(HoursForm.Remove, StringComparison.Ordinal) => Show(edited, form.Without(what)),
                    HoursForm.Save => await ChangeAsync(edited, form, posted[HoursForm.SeenField], cancellationToken),
                    _ => await ChangeAsync(edited, form, seen: null, cancellationToken),
                }
                : pages.Refused(), cancellationToken);

    /// <param name="seen">What the preview said that is to be saved now; null to look only.</param>
    private async Task<IResult> ChangeAsync(Edited edited, HoursForm typed, string? seen, CancellationToken cancellationToken)
    {
        var (hours, form) = typed.Parse(edited.Advisor, edited.Today);
        if (hours is null)
        {
            return Show(edited, form, statusCode: StatusCodes.Status400BadRequest);
        }

        var save = seen == HoursPreview.SeenOf(hours);
        var result = await change.ExecuteAsync(edited.Territory, edited.Advisor.Id, hours, cancellationToken, new AdvisorChange(form.Version, DryRun: !save));
        return result.Succeeded(out var changed)
            ? save ? PageResults.SeeOther($"/advisor?fait=heures&dehors={changed.Outside.Count}{edited.Query}") : Show(edited, form, await PreviewAsync(edited, hours, changed, cancellationToken))
            : result.Refusal switch
            {
                Refusal.Stale => Show(edited, form with { Version = edited.Advisor.HoursVersion }, statusCode: StatusCodes.Status409Conflict, notice:
                    "Ces heures ont été changées par quelqu'un d'autre. Ce que vous avez saisi est ci-dessous\u00a0: comparez avec l'agenda, puis regardez de nouveau."),
                Refusal.Invalid or Refusal.Overlap => Show(edited, form.Refused(result.Refusal, edited.Advisor, edited.Today), statusCode: StatusCodes.Status400BadRequest),
                _ => pages.Of(result.Refusal!),
            };
    }

    private async Task<HoursPreview> PreviewAsync(Edited edited, IReadOnlyList<OpeningHours> hours, HoursChanged changed, CancellationToken cancellationToken)
    {
        var outside = new List<Appointment>();
        foreach (var reference in changed.Outside)
        {
            if (await appointments.ReadAsync(reference, cancellationToken) is { Value: var appointment })
            {
                outside.Add(appointment);
            }
        }

        return HoursPreview.Of(hours, outside, edited.Directory, edited.Today);
    }

    private IResult Show(Edited edited, HoursForm form, HoursPreview? preview = null, string? notice = null, int statusCode = StatusCodes.Status200OK) =>
        pages.ShowPrivate<HoursPage, HoursView>(
            new HoursView(
                edited.Advisor.DisplayName,
                edited.Query.Length == 0 ? "/advisor/heures" : $"/advisor/heures?{edited.Query[1..]}",
                edited.MayReadAgenda ? (edited.Query.Length == 0 ? "/advisor" : $"/advisor?{edited.Query[1..]}") : "/structure",
                form,
                WorkshopForm.PlacesFor(edited.Advisor, edited.Directory),
                preview,
                notice)
            {
                Taught = edited.Advisor.Topics,
            },
            statusCode);

    /// <summary>For those who may change the agenda: the advisor, their structure, an administrator.</summary>
    private Task<IResult> RunAsync(HttpRequest request, Func<Edited, Task<IResult>> run, CancellationToken cancellationToken) =>
        staff.RunAsync(request, "/advisor/heures", member => Of(request, member) is not null, async member =>
        {
            var (territory, id, query) = Of(request, member)!.Value;

            // As stored: another may have changed them a moment ago.
            var directory = await directories.ReloadAsync(territory, cancellationToken);
            return member.MayChangeAgenda(territory, id, directory) && directory.Advisors.TryGetValue(id, out var advisor)
                ? await run(new Edited(
                    territory, advisor, directory, clock.GetCurrentInstant().InZone(territory.Zone).Date, query, member.MayReadAgenda(territory, id)))
                : pages.Forbidden();
        }, cancellationToken);

    /// <summary>One's own hours; a structure and an administrator name the advisor.</summary>
    private static (Territory Territory, AdvisorId Advisor, string Query)? Of(HttpRequest request, StaffMember member) => member switch
    {
        StaffMember.Advisor own => (own.Territory, own.Id, ""),
        StaffMember.Structure or StaffMember.Admin when Territory.TryParse(Query.Text(request, "departement"), out var territory)
            && Query.Text(request, "conseiller") is { } id && DirectoryIds.IsValid(id) => (territory, new AdvisorId(id), $"&departement={territory}&conseiller={id}"),
        _ => null,
    };

    /// <param name="Query">What names the advisor in the address, for those whose hours these are not.</param>
    private sealed record Edited(Territory Territory, Advisor Advisor, TerritoryDirectory Directory, LocalDate Today, string Query, bool MayReadAgenda)
    {
        /// <summary>Where a new line is most likely.</summary>
        public string? FirstPlace => Advisor.Hours.Select(hours => hours.PlaceId.Value).FirstOrDefault()
            ?? Directory.Places.Values.FirstOrDefault(place => place.StructureId == Advisor.StructureId)?.Id.Value;
    }
}
