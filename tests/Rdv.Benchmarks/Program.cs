using System.Globalization;
using Rdv.Benchmarks.Backups;
using Rdv.Benchmarks.Day;
using Rdv.Benchmarks.Dispatch;
using Rdv.Benchmarks.Floor;
using Rdv.Benchmarks.Http;
using Rdv.Benchmarks.Scale;
using Rdv.Benchmarks.Slots;
using Rdv.Benchmarks.Start;

CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
// As where they are exported.
using var spans = args.Contains("--traced") ? new Rdv.Tests.Operations.Spans() : null;
using var metrics = args.Contains("--traced") ? new Rdv.Tests.Operations.Numbers() : null;
switch (args.FirstOrDefault())
{
    case "floor":
        return await FloorBenchmark.RunAsync(Option("--rounds") is { } rounds ? int.Parse(rounds, CultureInfo.InvariantCulture) : 9, Option("--plot"), Option("--only"));
    case "slots":
        return SlotsBenchmark.Run();
    case "scale":
        return await ScaleBenchmark.RunAsync(args.Contains("--full"));
    case "dispatch":
        return await DispatchBenchmark.RunAsync(Option("--messages") is { } messages ? int.Parse(messages, CultureInfo.InvariantCulture) : 4_000);
    case "pace":
        return await PaceBenchmark.RunAsync(Option("--messages") is { } paced ? int.Parse(paced, CultureInfo.InvariantCulture) : 4_000);
    case "day":
        return await DayBenchmark.RunAsync(
            Option("--scale") is { } scale ? double.Parse(scale, CultureInfo.InvariantCulture) : 1, Option("--hours") is { } hours ? int.Parse(hours, CultureInfo.InvariantCulture) : 14);
    case "backup":
        return await BackupBenchmark.RunAsync(Option("--appointments") is { } appointments ? int.Parse(appointments, CultureInfo.InvariantCulture) : 10_000);
    case "start":
        return await StartBenchmark.RunAsync();
    case "start-empty":
        return await StartBenchmark.RunEmptyAsync(args[1..]);
    case "http":
        return await HttpBenchmark.RunAsync(Option("--seconds") is { } seconds ? double.Parse(seconds, CultureInfo.InvariantCulture) : 8, args.Contains("--worker"));
    case "http-client":
        return await LoadClient.RunAsync(args[1..]);
    default:
        Console.Error.WriteLine("""
            Rdv.Benchmarks floor [--rounds 9] [--only search] [--traced] [--plot …svg] use cases against the bare storage calls
            Rdv.Benchmarks slots                                                    computing free slots, without storage
            Rdv.Benchmarks scale [--full]                                           cost at 1,000 and 10,000 appointments; --full: 100,000 too
            Rdv.Benchmarks http [--worker] [--seconds 8]                            searches and bookings over HTTP, beside the bare calls
            Rdv.Benchmarks dispatch [--messages 4000]                               draining messages of 101 territories against the bare storage calls
            Rdv.Benchmarks pace [--messages 4000]                                   draining them at the provider's pace, in simulated minutes
            Rdv.Benchmarks day [--scale 1] [--hours 14]                             a day of 4,000 advisors and 32,000 bookings, or of a part of them
            Rdv.Benchmarks backup [--appointments 10000]                            a backup of so many, and its restore into a new table
            Rdv.Benchmarks start                                                    from the start of Rdv.Local, and of the worker, to the first answer
            """);
        return 2;
}

string? Option(string name) => args.SkipWhile(arg => arg != name).Skip(1).FirstOrDefault();
