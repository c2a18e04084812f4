using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NodaTime;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Azure.Absences;
using Rdv.Azure.Agenda;
using Rdv.Azure.Backups;
using Rdv.Azure.Booking;
using Rdv.Azure.Calendars;
using Rdv.Azure.Chores;
using Rdv.Azure.Directory;
using Rdv.Azure.Dispatch;
using Rdv.Azure.Hotline;
using Rdv.Azure.Keys;
using Rdv.Azure.Load;
using Rdv.Azure.Mail;
using Rdv.Azure.Privacy;
using Rdv.Azure.Quotas;
using Rdv.Azure.Staff;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Azure.Visits;
using Rdv.Azure.Waiting;
using Rdv.Azure.Workshops;
using Rdv.Backups;
using Rdv.Booking;
using Rdv.Calendars;
using Rdv.Calls;
using Rdv.Chores;
using Rdv.Days;
using Rdv.Directory;
using Rdv.Directory.Import;
using Rdv.Dispatch;
using Rdv.Functions.Booking;
using Rdv.Functions.Http;
using Rdv.Functions.Operations;
using Rdv.Functions.Pages;
using Rdv.Functions.Privacy;
using Rdv.Functions.Staff;
using Rdv.Hotline;
using Rdv.Invites;
using Rdv.Load;
using Rdv.Messages;
using Rdv.Previews;
using Rdv.Privacy;
using Rdv.Quotas;
using Rdv.Sms;
using Rdv.Staff;
using Rdv.Transactions;
using Rdv.Visits;
using Rdv.Waiting;
using Rdv.Workshops;

namespace Rdv.Functions.Host;

/// <summary>
/// What the product is made of, the same in Azure and on one machine. What differs is registered before (it wins): the clock, the SMS
/// gateway, who is staff.
/// </summary>
public static class Composition
{
    public static IServiceCollection AddRdv(this IServiceCollection services, IConfiguration configuration)
    {
        AddSettings(services, configuration);

        services.AddHostedService<TableCreation>();
        services.AddHostedService<WarmUp>();
        services.AddHttpContextAccessor();
        AddStorage(services, configuration);
        AddDomain(services);
        AddHttp(services);
        services.AddPages();
        services.AddLogFilters();
        return services;
    }

    private static void AddSettings(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(_ => Settings.Read(configuration));
        services.AddSingleton(_ => Settings.ReadSecrets(configuration));
        services.AddSingleton(_ => Settings.ReadSmtp(configuration));
        services.AddSingleton(_ => Settings.ReadSignIn(configuration));
        services.AddSingleton(_ => Settings.ReadBackup(configuration));
        services.AddSingleton(_ => Settings.ReadProxy(configuration));
        services.TryAddSingleton(_ => Settings.ReadLimits(configuration));
        services.AddSingleton(_ => Settings.ReadTelemetry(configuration));
        services.AddMetrics().AddSingleton<RdvMetrics>();
        services.AddSingleton(provider => provider.GetRequiredService<Secrets>().Link);
        services.TryAddSingleton(TimeProvider.System);
#pragma warning disable RS0030 // In Azure, this is where the clock that everything is given comes from.
        services.TryAddSingleton<IClock>(SystemClock.Instance);
#pragma warning restore RS0030
    }

    private static void AddStorage(IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(_ => StorageOptions.Create());
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<TableClientOptions>();
            options.AddPolicy(new SendCount(), HttpPipelinePosition.PerRetry);
            options.AddPolicy(ActivatorUtilities.CreateInstance<StorageTimes>(provider), HttpPipelinePosition.PerRetry);
            options.AddPolicy(new Patience(), HttpPipelinePosition.PerCall);
            var settings = Settings.ReadTable(configuration);
            return new RdvTable(settings.ConnectionString is { } connection
                ? new TableClient(connection, settings.Name, options)
                : new TableClient(settings.Endpoint, settings.Name, new DefaultAzureCredential(), options));
        });
        services.AddSingleton<IDirectoryStore, TableDirectoryStore>();
        services.AddSingleton<ITerritoryDirectories, CachedTerritoryDirectories>();
        services.AddSingleton<IAgendaStore, TableAgendaStore>();
        services.AddSingleton<IAppointmentStore, TableAppointmentStore>();
        services.AddSingleton<IDueStore, TableDueStore>();
        services.AddSingleton<IMessageLogStore, TableMessageLogStore>();
        services.AddSingleton<IDispatchControlStore, TableDispatchControlStore>();
        services.AddSingleton<ICallStore, TableCallStore>();
        services.AddSingleton<IAbsenceStore, TableAbsenceStore>();
        services.AddSingleton<IVisitStore, TableVisitStore>();
        services.AddSingleton<IWorkshopStore, TableWorkshopStore>();
        services.AddSingleton<IChoreStore, TableChoreStore>();
        services.AddSingleton<IWaitingStore, TableWaitingStore>();
        services.AddSingleton<IDemandStore, TableDemandStore>();
        services.AddSingleton<IQuotaStore, TableQuotaStore>();
        services.AddSingleton<ICalendarStore, TableCalendarStore>();
        services.TryAddSingleton(CalendarNetwork.Public);
        services.TryAddSingleton<ICalendarSource, HttpCalendarSource>();
        services.TryAddSingleton(_ => BackupOptions.Create());
        services.AddSingleton<IBackup, TableBackup>();
        services.AddSingleton<IBackupProgressStore, TableBackupProgressStore>();
        services.AddSingleton<TableTransactions>();
        services.AddSingleton<ITransactions>(provider => new RememberedTransactions(
            provider.GetRequiredService<TableTransactions>(), provider.GetRequiredService<RecentAgendas>()));
        services.AddSingleton<RecentAgendas>();
        services.AddSingleton<Writer>();

        services.AddSingleton<KeyEncryption>();
        services.AddSingleton<IXmlRepository, TableKeyRepository>();
        services.AddDataProtection().SetApplicationName("rdv");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            options.XmlRepository = provider.GetRequiredService<IXmlRepository>();
            options.XmlEncryptor = provider.GetRequiredService<KeyEncryption>();
        }));
    }

    private static void AddDomain(IServiceCollection services)
    {
        services.AddSingleton<Links>();
        services.AddSingleton<PhoneQuota>();
        services.AddSingleton<HoldQuota>();
        services.AddSingleton<VisitorQuota>();
        services.AddSingleton<Quota>();
        services.AddSingleton<SearchSlots>();
        services.AddSingleton<Alternatives>();
        services.AddSingleton<OwnBookings>();
        services.AddSingleton<CandidateSearch>();
        services.AddSingleton<IBookable, SlotBooking>();
        services.AddSingleton<IBookable, SeatBooking>();
        services.AddSingleton<IBookable, CourseBooking>();
        services.AddSingleton<BookAppointment>();
        services.AddSingleton<FindAppointment>();
        services.AddSingleton<CancelAppointment>();
        services.AddSingleton<MoveAppointment>();
        services.AddSingleton<HoldSlot>();
        services.AddSingleton<ReadUnmarked>();
        services.AddSingleton<SendLinkAgain>();
        services.AddSingleton<ResendMessage>();
        services.AddSingleton<ReadArrivals>();
        services.AddSingleton<MarkOutcome>();
        services.AddSingleton<CountVisit>();
        services.AddSingleton<RewriteAdvisor>();
        services.AddSingleton<ChangeOpeningHours>();
        services.AddSingleton<ChangeBookingRules>();
        services.AddSingleton<PlanLeave>();
        services.AddSingleton<RewriteStructure>();
        services.AddSingleton<ChangeHoliday>();
        services.AddSingleton<ChangePhoneShare>();
        services.AddSingleton<ExplainWeek>();
        services.AddSingleton<AddAbsence>();
        services.AddSingleton<RemoveAbsence>();
        services.AddSingleton<RunAbsence>();
        AddCalendars(services);
        services.AddSingleton<WorkshopRules>();
        services.AddSingleton<PlanWorkshop>();
        services.AddSingleton<ChangeWorkshop>();
        services.AddSingleton<RunWorkshop>();
        services.AddSingleton<PreviewChanges>();
        services.AddSingleton<ListWorkshops>();
        services.AddSingleton<PlanCourse>();
        services.AddSingleton<CancelCourse>();
        services.AddSingleton<ListCourses>();
        services.AddSingleton<FreezeDays>();
        services.AddSingleton<FindAppointments>();
        services.AddSingleton<ListCalls>();
        services.AddSingleton<FinishCall>();
        services.AddSingleton<ReadLoad>();
        services.AddSingleton<ISumsStore, TableSumsStore>();
        services.AddSingleton<FreezeSums>();
        services.AddSingleton<ReadSums>();
        services.AddSingleton<ReadUnmet>();
        services.AddSingleton<ReadAgenda>();
        services.AddSingleton<DispatchMessages>();
        services.AddSingleton<SettleMessages>();
        services.AddSingleton<TakeDeliveryReport>();
        services.AddSingleton<PauseDispatch>();
        services.AddSingleton<WorthACall>();
        services.AddSingleton<WatchBacklog>();
        services.AddSingleton<WatchReminders>();
        services.AddSingleton<ExportTable>();
        services.AddSingleton<WatchBackup>();
        services.AddSingleton<CalendarEvents>();
        services.AddSingleton<InviteMail>();
        services.AddSingleton<WorkshopMail>();
        services.AddSingleton<DayMail>();
        services.AddSingleton<ReadWorkshop>();
        services.AddSingleton<FeedTokens>();
        services.AddSingleton<ReadFeed>();
        services.AddSingleton<SmsQuota>();
        services.AddSingleton<SmsPost>();
        services.AddSingleton<SameDay>();
        services.AddSingleton<NoteMail>();
        services.AddSingleton<InvitePost>();
        services.AddSingleton<IMessageSender, SmsSender>();
        services.AddSingleton<IMessageSender, InviteSender>();
        services.AddSingleton<IMessageSender, WorkshopSender>();
        services.AddSingleton<IMessageSender, DaySender>();
        services.AddSingleton<ICallSubjects, AppointmentCalls>();
        AddWaiting(services);
        AddPrivacy(services);
        services.TryAddSingleton<IMailGateway, SmtpMailGateway>();
        services.AddSingleton<WriteDirectory>();
        services.TryAddSingleton(provider => new ImportStructures(
            provider.GetRequiredService<IDirectoryStore>(), provider.GetRequiredService<WriteDirectory>(), provider.GetRequiredService<IImportAgenda>()));
        services.AddSingleton<IImportAgenda, ImportAgenda>();
        services.AddSingleton<ImportAdvisors>();
        services.AddSingleton<ImportStaff>();
        services.AddSingleton<IStaffStore, TableStaffStore>();
        services.AddSingleton<IdentifyStaff>();
        services.AddSingleton<ChangeStaff>();
        services.AddSingleton<ListStaff>();
    }

    private static void AddCalendars(IServiceCollection services)
    {
        services.AddSingleton(provider => new AddressSeal(provider.GetRequiredService<Secrets>().Feed));
        services.AddSingleton<BusyTimes>();
        services.AddSingleton<CalendarAgenda>();
        services.AddSingleton<ReadCalendar>();
        services.AddSingleton<ReadCalendars>();
        services.AddSingleton<AddCalendar>();
        services.AddSingleton<RemoveCalendar>();
        services.AddSingleton<ListCalendars>();
        services.AddSingleton<CalendarMail>();
        services.AddSingleton<IMessageSender, CalendarSender>();
    }

    private static void AddWaiting(IServiceCollection services)
    {
        services.AddSingleton<RunChores>();
        services.AddSingleton<IChoreHandler, TellVideoLink>();
        services.AddSingleton<IChoreHandler, OfferFreedSlot>();
        services.AddSingleton<IChoreHandler, OfferFreedSeat>();
        services.AddSingleton<IChoreHandler, OfferOpenedHours>();
        services.AddSingleton<IChoreHandler>(provider => provider.GetRequiredService<RunAbsence>());
        services.AddSingleton<IChoreHandler>(provider => provider.GetRequiredService<RunWorkshop>());
        services.AddSingleton<SearchElsewhere>();
        services.AddSingleton<AskToBeCalled>();
        services.AddSingleton<AskForEarlier>();
        services.AddSingleton<FindWaiting>();
        services.AddSingleton<LeaveWaitingList>();
        services.AddSingleton<ClaimOffer>();
        services.AddSingleton<FreeOffers>();
        services.AddSingleton<StillWaiting>();
        services.AddSingleton<CountDemand>();
        services.AddSingleton<SearchDirectory>();
        services.AddSingleton<IMessageSender, FreedSmsSender>();
        services.AddSingleton<ICallSubjects, WaitingCalls>();
    }

    private static void AddPrivacy(IServiceCollection services)
    {
        services.AddSingleton<IForgottenDaysStore, TableForgottenDaysStore>();
        services.AddSingleton<TablePrivacyLog>();
        services.AddSingleton<IPrivacyLog>(provider => new NotedErasures(provider.GetRequiredService<TablePrivacyLog>(), provider.GetRequiredService<IBackup>()));
        services.AddSingleton<ForgetAppointment>();
        services.AddSingleton<ForgetStaff>();
        services.AddSingleton<ForgetDays>();
        services.AddSingleton<IChoreHandler, ForgetPeople>();
        services.AddSingleton<IChoreHandler, ForgetNote>();
        services.AddSingleton<FindPerson>();
        services.AddSingleton<ExportPerson>();
        services.AddSingleton<ErasePerson>();
        services.AddSingleton<PersonViews>();
    }

    private static void AddHttp(IServiceCollection services)
    {
        services.AddSingleton<FrontDoor>();
        services.AddSingleton<Limits>();
        services.AddSingleton<RequestLimits>();
        services.AddSingleton<StaffOrigin>();
        services.AddSingleton<SecurityHeaders>();
        services.AddSingleton<Failures>();
        services.AddSingleton<HttpInvocation>();
        services.AddBodySize();
        Compressed.Add(services);
        services.TryAddSingleton<IStaffIdentity, PlatformStaffIdentity>();
        services.AddSingleton<StaffOnly>();
        services.AddSingleton<AgendaStaff>();
        services.AddSingleton<StructureStaff>();
        services.AddSingleton<StaffViews>();
        services.AddSingleton<BookingAnswers>();
        services.AddSingleton<KeyCalls>();
        services.AddSingleton<HealthReport>();
    }
}
