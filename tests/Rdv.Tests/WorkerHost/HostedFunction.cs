using System.Text.Json;
using Rdv.Tests.WorkerHost.Protocol;

namespace Rdv.Tests.WorkerHost;

/// <summary>A function as the worker describes it to the host.</summary>
/// <param name="Trigger">The name of the parameter that the trigger fills.</param>
internal abstract record HostedFunction(string Id, string Name, string Trigger)
{
    /// <param name="Methods">In capitals.</param>
    public sealed record Http(string Id, string Name, string Trigger, string Route, IReadOnlyList<string> Methods) : HostedFunction(Id, Name, Trigger);

    public sealed record Timer(string Id, string Name, string Trigger, string Schedule, bool UseMonitor, bool RunOnStartup)
        : HostedFunction(Id, Name, Trigger);

    public static HostedFunction Of(RpcFunctionMetadata metadata)
    {
        foreach (var text in metadata.RawBindings)
        {
            using var document = JsonDocument.Parse(text);
            var binding = document.RootElement;
            var name = binding.GetProperty("name").GetString()!;
            switch (binding.GetProperty("type").GetString())
            {
                case "httpTrigger":
                    return new Http(
                        metadata.FunctionId,
                        metadata.Name,
                        name,
                        binding.GetProperty("route").GetString()!,
                        [.. binding.GetProperty("methods").EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant())]);
                case "timerTrigger":
                    return new Timer(
                        metadata.FunctionId,
                        metadata.Name,
                        name,
                        binding.GetProperty("schedule").GetString()!,
                        Flag(binding, "useMonitor", otherwise: true),
                        Flag(binding, "runOnStartup", otherwise: false));
            }
        }

        throw new InvalidOperationException($"The function {metadata.Name} has neither an HTTP nor a timer trigger: {metadata.RawBindings}");
    }

    private static bool Flag(JsonElement binding, string name, bool otherwise) =>
        binding.TryGetProperty(name, out var value) ? value.GetBoolean() : otherwise;
}
