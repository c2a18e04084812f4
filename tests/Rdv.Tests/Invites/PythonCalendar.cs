using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Rdv.Tests.Invites;

/// <summary>Reads iCalendar with python3-icalendar, which shares no code with the writer.</summary>
internal static class PythonCalendar
{
    private const string Python = "/usr/bin/python3";

    // Every property as decoded text, parameters apart; properties in the order of the file.
    private const string Script = """
        import json, sys
        from icalendar import Calendar
        def text(value):
            return str(value) if not hasattr(value, 'dt') else value.dt.isoformat() if hasattr(value.dt, 'isoformat') else str(value.dt)
        def component(one):
            properties = [[name, text(value), {k: str(v) for k, v in value.params.items()} if hasattr(value, 'params') else {}]
                          for name, value in one.property_items(recursive=False)]
            return {'name': one.name, 'properties': properties, 'errors': [str(e) for e in getattr(one, 'errors', [])],
                    'components': [component(inner) for inner in one.subcomponents]}
        print(json.dumps(component(Calendar.from_ical(sys.stdin.buffer.read()))))
        """;

    private static readonly Lazy<bool> Available = new(() => Run("import icalendar", "").Ok);

    public sealed record Component(string Name, IReadOnlyList<Property> Properties, IReadOnlyList<string> Errors, IReadOnlyList<Component> Components)
    {
        public string this[string name] => Properties.Single(property => property.Name == name).Value;

        public Property Get(string name) => Properties.Single(property => property.Name == name);

        public bool Has(string name) => Properties.Any(property => property.Name == name);
    }

    public sealed record Property(string Name, string Value, IReadOnlyDictionary<string, string> Parameters);

    public static Component Read(string calendar)
    {
        Assert.SkipUnless(Available.Value, "python3-icalendar is not installed.");
        var (ok, output) = Run(Script, calendar);
        Assert.True(ok, output);
        return Of(JsonDocument.Parse(output).RootElement);
    }

    private static Component Of(JsonElement json) => new(
        json.GetProperty("name").GetString()!,
        [.. json.GetProperty("properties").EnumerateArray()
            .Where(property => property[0].GetString() is not ("BEGIN" or "END"))
            .Select(property => new Property(
                property[0].GetString()!,
                property[1].GetString()!,
                property[2].EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!)))],
        [.. json.GetProperty("errors").EnumerateArray().Select(error => error.GetString()!)],
        [.. json.GetProperty("components").EnumerateArray().Select(Of)]);

    /// <param name="arguments">Of the script.</param>
    internal static (bool Ok, string Output) Run(string script, string input, params string[] arguments)
    {
        if (!File.Exists(Python))
        {
            return (false, Python + " is not there.");
        }

        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", script, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(false),
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode == 0, process.ExitCode == 0 ? output : errors.GetAwaiter().GetResult());
    }
}
