using NodaTime;
using Rdv.Azure.Mail;
using Rdv.Directory;
using Rdv.Directory.Import;
using Rdv.Functions.Host;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Local.Clock;
using Rdv.Local.Data;
using Rdv.Local.Dev;
using Rdv.Local.FunctionHost;
using Rdv.Local.Gateways;
using Rdv.Local.Samples;
using Rdv.Local.ServiceProcesses;
using Rdv.Local.Staff;
using Rdv.Local.Timers;
using Rdv.Messages;

namespace Rdv.Local;

/// <summary>What the product is made of when it runs here.</summary>
internal static class LocalComposition
{
    // Kept for fiction by the numbering plan.
    private const string HotlinePhone = "01 99 00 12 34";

    /// <remarks>Settings are read when something asks for what they are of: it is early enough before the host starts.</remarks>
    public static void Configure(IConfigurationBuilder configuration, LocalOptions options, Uri url, DataDirectory? data, LocalServices services)
    {
        configuration.AddInMemoryCollection(LocalSecrets.LoadOrCreate(data?.SecretsFile));
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Site:BaseUrl"] = url.GetLeftPart(UriPartial.Authority),
            ["Hotline:Phone"] = HotlinePhone,
            ["Site:LegalNotice"] = "Une démonstration sur votre machine, avec des personnes inventées. | Rien de ce que vous tapez ici ne la quitte.",
            ["Tables:ConnectionString"] = services.TableConnectionString,
            ["Smtp:Host"] = "127.0.0.1",
            // None without a mail catcher.
            ["Smtp:Port"] = services.SmtpPort == 0 ? null : services.SmtpPort.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Smtp:RequireTls"] = "false",
            ["Smtp:From"] = "rdv@conseillers.example",
            // No provider stands behind the phone of a demonstration, and a clock that jumps runs each timer once.
            ["Sms:PerMinute"] = int.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });
        if (!options.Limits)
        {
            configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Booking:AppointmentsPerPhone"] = int.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["Sms:PerDay"] = int.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["Sms:PerPhoneAndDay"] = int.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture),
            });
        }

        if (options.Storage is not null)
        {
            configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Tables:Name"] = "t" + Guid.NewGuid().ToString("N") });
        }

        configuration.AddInMemoryCollection(options.Settings);
    }

    public static void Add(IServiceCollection services, IConfiguration configuration, LocalOptions options, DataDirectory? data, Func<LocalAddresses> addresses)
    {
        services.AddSingleton(options);
        services.AddSingleton(_ => addresses());
        services.AddSingleton(_ => new Outbox(data?.MessagesFile));

#pragma warning disable RS0030 // This is where the clock that everything is given comes from.
        services.AddSingleton(_ => new MovableClock(SystemClock.Instance, data?.ClockFile));
#pragma warning restore RS0030
        services.AddSingleton<IClock>(provider => provider.GetRequiredService<MovableClock>());
        services.AddSingleton<ClockMover>();

        if (!options.Limits)
        {
            services.AddSingleton(new LimitSettings { Enabled = false });
        }

        services.AddSingleton<IStaffIdentity, LocalStaffIdentity>();
        services.AddSingleton<ISmsGateway, LocalSmsGateway>();
        services.AddSingleton<SmtpMailGateway>();
        services.AddSingleton<IMailGateway, RecordingMailGateway>();
        services.AddSingleton(provider => new ImportStructures(
            provider.GetRequiredService<IDirectoryStore>(),
            provider.GetRequiredService<WriteDirectory>(),
            provider.GetRequiredService<IImportAgenda>(),
            SampleMailbox.Of));
        services.AddSingleton<SampleWorkshops>();
        services.AddSingleton<SampleMeans>();
        services.AddSingleton<SamplePeople>();
        services.AddSingleton<SamplePast>();
        services.AddSingleton<Samples.Samples>();
        services.AddSingleton<Readiness>();
        services.AddRdv(configuration);

        services.AddSingleton(FunctionCatalog.Find(options.FunctionTypes));
        services.AddSingleton(_ => new LastRuns(data?.TimersFile));
        services.AddSingleton<TimerScheduler>();

        // Hosted services start in this order, then Kestrel listens: what prepares the data comes before the timers.
        services.AddHostedService(provider => provider.GetRequiredService<TimerScheduler>());
    }
}
