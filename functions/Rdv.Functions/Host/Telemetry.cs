using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Rdv.Functions.Host;

/// <summary>Exports the spans and metrics of the worker to Application Insights. Its logs, and a row for each request, go by the host (docs/adr/0027).</summary>
public static class Telemetry
{
    /// <summary>Nothing where there is nowhere to send it: on one machine, and in tests.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is not { Length: > 0 })
        {
            return services;
        }

        services.AddOptions<AzureMonitorExporterOptions>().Configure<TelemetrySettings>((options, settings) =>
        {
            options.ConnectionString = settings.Connection;
            options.Credential = new DefaultAzureCredential();
            // Only what is ours: the host counts requests already, and the rest costs a connection that stays open, or looks at each request.
            options.EnableLiveMetrics = false;
            options.EnableStandardMetrics = false;
            options.EnablePerformanceCounters = false;
        });
        services.AddOpenTelemetry()
            // As the host names the app.
            .ConfigureResource(resource => resource.AddService(configuration["WEBSITE_SITE_NAME"] ?? "rdv"))
            .WithTracing(tracing => tracing
                .AddRdv()
                .AddAzureMonitorTraceExporter()
                // After the exporter, which brings its own. By the id alone: whether a trace is kept is not for a browser to say in a header.
                .SetSampler(provider => new TraceIdRatioBasedSampler(provider.GetRequiredService<TelemetrySettings>().TracesPercent / 100.0)))
            .WithMetrics(metrics => metrics.AddRdv().AddAzureMonitorMetricExporter());
        return services;
    }

    /// <summary>Our own spans and no other: those of the server and of the clients hold addresses and row keys, those of the worker the text of exceptions.</summary>
    public static TracerProviderBuilder AddRdv(this TracerProviderBuilder tracing) => tracing.AddSource(Tracing.SourceName);

    /// <inheritdoc cref="AddRdv(TracerProviderBuilder)"/>
    public static MeterProviderBuilder AddRdv(this MeterProviderBuilder metrics) => metrics.AddMeter(RdvMetrics.MeterName);
}
