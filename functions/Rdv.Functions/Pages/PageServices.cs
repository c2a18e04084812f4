using Microsoft.Extensions.DependencyInjection;
using Rdv.Functions.Pages.Advisors;
using Rdv.Functions.Pages.Booking;
using Rdv.Functions.Pages.Hotline;
using Rdv.Functions.Pages.Info;
using Rdv.Functions.Pages.Manage;
using Rdv.Functions.Pages.Team;
using Rdv.Functions.Pages.Waiting;
using Rdv.Functions.Pages.Workshops;

namespace Rdv.Functions.Pages;

public static class PageServices
{
    /// <summary>What the pages need beside the use cases, <see cref="RdvSettings"/> and Data Protection.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        return services
            .AddSingleton<PageResults>()
            .AddSingleton<SiteCookies>()
            .AddSingleton<StaffPages>()
            .AddSingleton<AgendaPages>()
            .AddSingleton<InfoPages>()
            .AddSingleton<KeyPages>()
            .AddSingleton<FormPages>()
            .AddSingleton<TeamDesk>()
            .AddSingleton<BookingDrafts>()
            .AddSingleton<ClientCookie>()
            .AddSingleton<KeepSlot>()
            .AddSingleton<Details>()
            .AddSingleton<ServedCommunes>()
            .AddSingleton<ManagedAppointments>()
            .AddSingleton<ManageFlow>()
            .AddSingleton<BookingFlow>()
            .AddSingleton<CallerDesk>()
            .AddSingleton<MoveChoices>()
            .AddSingleton<WorkshopChoices>()
            .AddSingleton<WaitingViews>();
    }
}
