using Microsoft.AspNetCore.Http;
using NodaTime;
using Rdv.Calendars;
using Rdv.Days;
using Rdv.Functions.Staff;
using Rdv.Ids;
using Rdv.Invites;
using Rdv.Pages.Advisors;
using Rdv.People;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Advisors;

/// <summary>Whose agenda a page shows.</summary>
/// <param name="Query">What names the advisor in the address, for those whose agenda it is not.</param>
/// <param name="IsOwn">The advisor is the one who looks.</param>
public sealed record ShownAgenda(Territory Territory, AdvisorId Advisor, string Query, bool MayChange, bool IsOwn)
{
    /// <summary>Where a form of the page comes back to.</summary>
    public string Return(HttpRequest request, string what = "") => "/advisor?du=" + Pages.Query.Text(request, "du") + Query + what;
}

/// <summary>The page of an advisor's week, and the forms on it.</summary>
public sealed class AgendaPages(ReadAgenda agenda, ReadUnmarked unmarked, ListCalendars calendars, FeedTokens feedTokens, StaffPages staff, PageResults pages, RdvSettings settings, IClock clock)
{
    public Task<IResult> ReadAsync(HttpRequest request, Func<ShownAgenda, Task<IResult>> run, CancellationToken cancellationToken) =>
        staff.RunAsync(
            request,
            "/advisor",
            member => Of(request, member) is { } shown && member.MayReadAgenda(shown.Territory, shown.Advisor),
            member => run(Of(request, member)!),
            cancellationToken);

    /// <summary>For those who may change the agenda, with the form that they sent.</summary>
    public Task<IResult> ChangeAsync(HttpRequest request, Func<ShownAgenda, PostedForm, Task<IResult>> run, CancellationToken cancellationToken) =>
        staff.RunAsync(
            request,
            "/advisor",
            member => Of(request, member) is { MayChange: true },
            async member => Query.Date(request, "du") is not null && await PostedForm.ReadAsync(request, settings, cancellationToken) is { } form
                ? await ChangeAsync(Of(request, member)!, form, run)
                : pages.Refused(),
            cancellationToken);

    private static Task<IResult> ChangeAsync(ShownAgenda shown, PostedForm form, Func<ShownAgenda, PostedForm, Task<IResult>> run)
    {
        Acting.Saw(shown.Advisor.In(shown.Territory));
        return run(shown, form);
    }

    /// <param name="close">The form that closes hours, when something must be corrected.</param>
    /// <param name="plan">The form that plans a workshop, when something must be corrected.</param>
    /// <param name="calendar">The form that takes up a calendar, when something must be corrected.</param>
    /// <param name="week">The form of a special week, when something must be corrected.</param>
    /// <param name="rules">The form of the day's rules, when something must be corrected.</param>
    public async Task<IResult> ShowAsync(
        HttpRequest request,
        ShownAgenda shown,
        CancellationToken cancellationToken,
        CloseForm? close = null,
        WorkshopForm? plan = null,
        CalendarForm? calendar = null,
        RulesForm? rules = null,
        WeekForm? week = null,
        string? notice = null,
        int statusCode = StatusCodes.Status200OK)
    {
        var now = clock.GetCurrentInstant().InZone(shown.Territory.Zone).LocalDateTime;
        var asked = Query.Date(request, "du") is { Year: > 2000 and < 3000 } date ? date : now.Date;
        var monday = asked.PlusDays(1 - (int)asked.DayOfWeek);
        if (!(await agenda.ExecuteAsync(shown.Territory, shown.Advisor, monday, ReadAgenda.DefaultDays, cancellationToken)).Succeeded(out var found))
        {
            return pages.Forbidden();
        }

        var tools = !shown.MayChange ? null : new AgendaTools(
            monday,
            shown.Query,
            now.Date >= monday && now.Date < monday.PlusDays(found.Days) ? found.WalkIns.GetValueOrDefault(now.Date) : null,
            BookingDraft.DrawNonce(),
            shown.IsOwn ? $"{settings.SiteBaseUrl}/calendars/{feedTokens.Of(shown.Territory, shown.Advisor)}.ics" : null,
            close ?? CloseForm.Empty)
        {
            Link = $"{settings.SiteBaseUrl}/avec/{shown.Territory}/{shown.Advisor}",
            Plan = plan ?? WorkshopForm.Empty,
            Places = WorkshopForm.PlacesFor(found.Advisor, found.Directory),
            Colleagues = CloseForm.ColleaguesOf(found.Advisor, found.Directory, now.Date),
            Counted = Query.Text(request, "passage"),
            SpecialWeek = week ?? WeekForm.Empty,
            CoLeaders = WorkshopForm.CoLeadersOf(found.Advisor, found.Directory),
            Calendars = await calendars.ExecuteAsync(shown.Territory, shown.Advisor, cancellationToken),
            Calendar = calendar ?? CalendarForm.Empty,
            Rules = rules ?? RulesForm.Of(found.Advisor),
        };
        return pages.ShowPrivate<AgendaPage, AgendaView>(AgendaView.Of(found, now, shown.Query, tools, notice) with
        {
            Unmarked = shown.MayChange ? await unmarked.CountAsync(shown.Territory, shown.Advisor, cancellationToken) : 0,
        }, statusCode);
    }

    /// <summary>One's own agenda; the hotline and an administrator name the advisor's.</summary>
    internal static ShownAgenda? Of(HttpRequest request, StaffMember member) => member switch
    {
        StaffMember.Advisor own => new(own.Territory, own.Id, "", MayChange: true, IsOwn: true),
        _ when Territory.TryParse(Query.Text(request, "departement"), out var territory) && Query.Text(request, "conseiller") is { } id && DirectoryIds.IsValid(id) =>
            new(territory, new AdvisorId(id), $"&departement={territory}&conseiller={id}", MayChange: member is StaffMember.Admin, IsOwn: false),
        _ => null,
    };
}
