using System.Diagnostics;
using System.Text.Json;
using Rdv.Tests.Infrastructure;
using Xunit;

namespace Rdv.Tests.Invites;

/// <summary>Reads iCalendar with ical.js, the reader of Thunderbird, which shares no code with the writer.</summary>
internal static class JsCalendar
{
    // ical.js lies beside the services that the build installs; a script without a file looks for it from its working directory.
    private const string Script = """
        import ICAL from 'ical.js';
        let text = '';
        for await (const part of process.stdin) text += part;
        const calendar = new ICAL.Component(ICAL.parse(text));
        const instant = time => time.toJSDate().toISOString();
        console.log(JSON.stringify({
            method: calendar.getFirstPropertyValue('method') ?? '',
            events: calendar.getAllSubcomponents('vevent').map(component => {
                const event = new ICAL.Event(component);
                return {
                    uid: event.uid,
                    sequence: event.sequence,
                    stamp: instant(component.getFirstPropertyValue('dtstamp')),
                    start: instant(event.startDate),
                    end: instant(event.endDate),
                    status: component.getFirstPropertyValue('status'),
                    summary: event.summary,
                    description: event.description ?? '',
                };
            }),
        }));
        """;

    private static readonly Lazy<bool> Available = new(() => Run(["--version"], "") is { Ok: true });

    public sealed record Event(string Uid, int Sequence, DateTimeOffset Stamp, DateTimeOffset Start, DateTimeOffset End, string Status, string Summary, string Description);

    public sealed record Calendar(string Method, IReadOnlyList<Event> Events);

    public static Calendar Read(string calendar)
    {
        Assert.SkipUnless(Available.Value, "Node.js is not on the path.");
        var (ok, output) = Run(["--input-type=module", "--eval", Script], calendar);
        Assert.True(ok, output);
        return JsonSerializer.Deserialize<Calendar>(output, JsonSerializerOptions.Web)!;
    }

    private static (bool Ok, string Output) Run(string[] arguments, string input)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("node", arguments)
            {
                WorkingDirectory = Path.Combine(Repository.Root, "functions", "Rdv.Local", "services"),
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = new System.Text.UTF8Encoding(false),
                StandardOutputEncoding = System.Text.Encoding.UTF8,
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode == 0, process.ExitCode == 0 ? output : errors.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (false, "No such program.");
        }
    }
}
