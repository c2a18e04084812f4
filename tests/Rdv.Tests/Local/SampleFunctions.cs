using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;

namespace Rdv.Tests.Local;

/// <summary>Functions of every shape that the product has.</summary>
public sealed class SampleFunctions(SampleLog log, IClock clock)
{
    [Function("SampleRoot")]
    public static IResult Root([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{ignored:maxlength(0)?}")] HttpRequest request) =>
        TypedResults.Content($"root of {request.Method}");

    [Function("SampleItem")]
    public async Task<IResult> ItemAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "post", Route = "api/samples/{id}/{part:int}")] HttpRequest request,
        string id, int part, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        return TypedResults.Ok(new { request.Method, id, part, clock.GetCurrentInstant().ToDateTimeUtc().Year });
    }

    [Function("SampleDelete")]
    public IResult Delete([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/samples/{id}/{part:int}")] HttpRequest request, string id)
    {
        log.Add($"delete {id} by {request.Method}");
        return TypedResults.NoContent();
    }

    [Function("SampleWithoutRoute")]
    public static IResult WithoutRoute([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => TypedResults.Ok(request.Method);
}

public sealed class SampleTimers(SampleLog log, IClock clock)
{
    [Function("SampleYearly")]
    public void Yearly([TimerTrigger("0 0 3 1 1 *")] TimerInfo timer) => log.Add($"yearly {clock.GetCurrentInstant()} past due {timer.IsPastDue}");

    [Function("SampleFailing")]
    public Task FailAsync([TimerTrigger("0 0 4 1 1 *")] TimerInfo timer)
    {
        log.Add($"failing {timer.ScheduleStatus!.Next:O}");
        throw new InvalidOperationException("A timer that fails.");
    }

    [Function("SampleEverySecond")]
    public void EverySecond([TimerTrigger("%Samples:Schedule%", UseMonitor = false)] TimerInfo timer) =>
        log.Add(timer.ScheduleStatus is null ? "second" : "a status under a minute");

    [Function("SampleSlow")]
    public async Task SlowAsync([TimerTrigger("0 0 5 1 1 *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken)
    {
        _ = timer;
        log.Enter();
        await Task.Delay(50, cancellationToken);
        log.Leave();
        log.Add("slow");
    }
}

public sealed class SampleLog
{
    private readonly Lock _lock = new();
    private readonly List<string> _entries = [];
    private int _inside;

    public int MostInside { get; private set; }

    public void Add(string entry)
    {
        lock (_lock)
        {
            _entries.Add(entry);
        }
    }

    public string[] StartingWith(string start)
    {
        lock (_lock)
        {
            return [.. _entries.Where(entry => entry.StartsWith(start, StringComparison.Ordinal))];
        }
    }

    public void Enter()
    {
        lock (_lock)
        {
            MostInside = Math.Max(MostInside, ++_inside);
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            _inside--;
        }
    }
}
