using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Azure.Backups;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Directory.Import;
using Rdv.Dispatch;
using Rdv.Functions.Host;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
using Rdv.Territories;
using Rdv.Transactions;
using Rdv.Workshops;
using Xunit;

namespace Rdv.Tests.Infrastructure;

/// <summary>The product as it is composed in Azure, without HTTP, on the emulator.</summary>
internal sealed class Product : IAsyncDisposable
{
    private readonly World _world;
    private readonly ServiceProvider _services;

    public Product(World world, KillSwitch? kill, Dictionary<string, string?>? settings, IClock? clock = null)
    {
        _world = world;
        Storage = new StorageLine(kill);
        Time = new SteppedTime(world.Time);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(world.Settings)
            .AddInMemoryCollection(settings ?? new Dictionary<string, string?>())
            .Build();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(Logs));
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(clock ?? world.Clock);
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<TableClientOptions>(_ => Storage.ToOptions());
        var blobs = BackupOptions.Create();
        blobs.AddPolicy(Blobs = new StorageLine(kill), HttpPipelinePosition.PerRetry);
        blobs.Retry.Delay = TimeSpan.FromMilliseconds(10);
        services.AddSingleton(blobs);
        services.AddSingleton<ISmsGateway>(new SmsLine(world.Sms, kill));
        services.AddSingleton<IMailGateway>(_ => world.MailGateway?.Invoke() ?? new MailLine(world.Mail, kill));
        services.AddSingleton(world.Calendars);
        services.AddRdv(configuration);
        _services = services.BuildServiceProvider();
    }

    public StorageLine Storage { get; }

    /// <summary>To where backups are kept.</summary>
    public StorageLine Blobs { get; }

    public SteppedTime Time { get; }

    public LogLines Logs { get; } = new();

    public IDirectoryStore Directory => Get<IDirectoryStore>();

    /// <summary>Rows of the directory as they are to be, whatever is there.</summary>
    public Task PutAsync(Territory territory, params IRow[] rows) => Get<WriteDirectory>().PutAsync(territory, rows);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A class of functions, as the host makes one for each call.</summary>
    public object Create(Type functions) => ActivatorUtilities.CreateInstance(_services, functions);

    public Task<Result<Booked>> TryBookAsync(AnAppointment wanted) =>
        Get<BookAppointment>().ExecuteAsync(wanted.In(_world.Territory), TestContext.Current.CancellationToken);

    public async Task<Appointment> BookAsync(AnAppointment wanted) =>
        (await TryBookAsync(wanted)).Value.Appointment;

    public Task<Result<Cancelled>> TryCancelAsync(Appointment appointment, Actor by = Actor.Hotline) =>
        Get<CancelAppointment>().ExecuteAsync(appointment.Reference, new Access.ByStaff(by), null, TestContext.Current.CancellationToken);

    public async Task<Appointment> CancelAsync(Appointment appointment, Actor by = Actor.Hotline) =>
        (await TryCancelAsync(appointment, by)).Value.Appointment;

    /// <param name="wallTime">Null for the same time.</param>
    public Task<Result<Moved>> TryMoveAsync(Appointment appointment, string? wallTime = null, string? advisor = null, HoldToken? hold = null, int? version = null, string? place = null) =>
        Get<MoveAppointment>().ExecuteAsync(
            new MoveRequest(
                appointment.Reference,
                new Access.ByStaff(Actor.Hotline),
                wallTime is null ? appointment.Start : _world.At(wallTime),
                place,
                advisor,
                hold?.ToString(),
                version),
            TestContext.Current.CancellationToken);

    public async Task<Appointment> MoveAsync(Appointment appointment, string? wallTime = null, string? advisor = null, HoldToken? hold = null) =>
        (await TryMoveAsync(appointment, wallTime, advisor, hold)).Value.Appointment;

    public Task<Result<WorkshopPlanned>> TryPlanWorkshopAsync(string wallTime, int seats = 3, string advisor = "a1", string? key = null, int minutes = 120) =>
        Get<PlanWorkshop>().ExecuteAsync(
            new WorkshopRequest(
                _world.Territory,
                new AdvisorId(advisor),
                "Découvrir Internet",
                "internet",
                _world.At(wallTime),
                minutes,
                Directories.Place.Value,
                seats,
                RequestIdentity.Of("workshop", key, $"{wallTime}|{seats}|{advisor}")),
            TestContext.Current.CancellationToken);

    public async Task<Workshop> PlanWorkshopAsync(string wallTime, int seats = 3, string advisor = "a1") =>
        (await TryPlanWorkshopAsync(wallTime, seats, advisor)).Value.Workshop;

    public Task<Result<CoursePlanned>> TryPlanCourseAsync(IReadOnlyList<string> wallTimes, int seats = 3, string advisor = "a1", string? key = null, int minutes = 120) =>
        Get<PlanCourse>().ExecuteAsync(
            new CourseRequest(
                _world.Territory,
                new AdvisorId(advisor),
                "Maîtriser sa tablette",
                "premiers-pas",
                minutes,
                Directories.Place.Value,
                seats,
                [.. wallTimes.Select(wallTime => new SessionRequest(_world.At(wallTime)))],
                RequestIdentity.Of("course", key, $"{string.Join('|', wallTimes)}|{seats}|{advisor}")),
            TestContext.Current.CancellationToken);

    public async Task<CoursePlanned> PlanCourseAsync(IReadOnlyList<string> wallTimes, int seats = 3, string advisor = "a1") =>
        (await TryPlanCourseAsync(wallTimes, seats, advisor)).Value;

    /// <param name="whole">With all that is to come of its enrolment in a course.</param>
    public Task<Result<Cancelled>> TryCancelAsync(Appointment appointment, Actor by, bool whole) => Get<CancelAppointment>().ExecuteAsync(
        appointment.Reference, new Access.ByStaff(by), null, TestContext.Current.CancellationToken, whole: whole);

    public async Task<IReadOnlyList<Appointment>> EnrolledAsync(Appointment appointment) => await Get<IAppointmentStore>().ReadEnrolmentAsync(
        (await Get<IAppointmentStore>().ReadAsync(appointment.Reference, TestContext.Current.CancellationToken))!.Value, TestContext.Current.CancellationToken);

    public Task<Result<WorkshopChanged>> TryCancelAsync(Workshop workshop) =>
        Get<ChangeWorkshop>().CancelAsync(workshop.Territory, workshop.AdvisorId, workshop.Id, "Salle fermée", TestContext.Current.CancellationToken);

    public Task<Result<WorkshopChanged>> TryMoveAsync(Workshop workshop, string wallTime) => Get<ChangeWorkshop>().MoveAsync(
        workshop.Territory, workshop.AdvisorId, workshop.Id, _world.At(wallTime), null, TestContext.Current.CancellationToken);

    public Task DoChoresAsync() => Get<RunChores>().ExecuteAsync(TestContext.Current.CancellationToken);

    public Task<Result<Held>> TryHoldAsync(string wallTime, string? advisor = null, string? key = null, string? place = null) =>
        Get<HoldSlot>().ExecuteAsync(
            new HoldRequest(
                _world.Territory, "premiers-pas", _world.At(wallTime), place ?? Directories.Place.Value, advisor, RequestIdentity.Of("hold", key, $"{wallTime}|{advisor}")),
            TestContext.Current.CancellationToken);

    public async Task<HoldToken> HoldAsync(string wallTime, string? advisor = null) =>
        (await TryHoldAsync(wallTime, advisor)).Value.Token;

    public async Task<SlotsFound> SearchAsync(LocalDate from, int days = 7) =>
        (await Get<SearchSlots>().ExecuteAsync(new SlotSearch(_world.Territory, "premiers-pas", from, days), TestContext.Current.CancellationToken))
            .Value;

    public Task<int> SendSmsAsync() => Get<DispatchMessages>().ExecuteAsync(Channel.Sms, TestContext.Current.CancellationToken);

    public Task<int> SendInvitesAsync() => Get<DispatchMessages>().ExecuteAsync(Channel.Mail, TestContext.Current.CancellationToken);

    /// <summary>One run of each timer.</summary>
    public async Task DispatchAsync()
    {
        await SendSmsAsync();
        await SendInvitesAsync();
    }

    /// <summary>A report of the provider on an SMS that it took.</summary>
    public Task<ReportOutcome> ReportAsync(OutgoingSms sms, bool delivered = true, string? id = null, string? reason = null) =>
        Get<TakeDeliveryReport>().ExecuteAsync(
            new DeliveryReport(sms.Tag.ToString(), id ?? "provider-" + sms.RepeatabilityId, delivered, reason), TestContext.Current.CancellationToken);

    /// <summary>A run of each timer every minute, for so long.</summary>
    public async Task DispatchForAsync(int minutes)
    {
        for (var minute = 0; minute <= minutes; minute++)
        {
            await DispatchAsync();
            _world.Clock.AdvanceMinutes(1);
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class SmsLine(SmsProvider provider, KillSwitch? kill) : ISmsGateway
    {
        public Task<SendResult> SendAsync(OutgoingSms sms, CancellationToken cancellationToken)
        {
            kill?.Pass("before sms");
            var result = provider.Send(sms);
            kill?.Pass("after sms");
            return Task.FromResult(result);
        }
    }

    private sealed class MailLine(MailServer server, KillSwitch? kill) : IMailGateway
    {
        public Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
        {
            kill?.Pass("before mail");
            var result = server.Send(mail);
            kill?.Pass("after mail");
            return Task.FromResult(result);
        }
    }
}
