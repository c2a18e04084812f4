using NodaTime;

namespace Rdv.Benchmarks.Http;

/// <summary>What answers over HTTP.</summary>
internal abstract class Server : IAsyncDisposable
{
    public abstract Uri BaseUrl { get; }

    /// <summary>Of its storage.</summary>
    public abstract string ConnectionString { get; }

    /// <summary>What it takes for today.</summary>
    public abstract LocalDate Today { get; }

    /// <summary>What its process has taken since it began.</summary>
    public abstract Task<Taken> TakenAsync();

    public abstract ValueTask DisposeAsync();
}

/// <param name="Bytes">Allocated.</param>
/// <param name="Full">Collections of the whole heap.</param>
/// <param name="Requests">To storage; null where nobody counts them.</param>
internal readonly record struct Taken(TimeSpan Cpu, long Bytes, int Full, int? Requests)
{
    public static Taken operator -(Taken a, Taken b) => new(a.Cpu - b.Cpu, a.Bytes - b.Bytes, a.Full - b.Full, a.Requests - b.Requests);

    public static Taken Subtract(Taken left, Taken right) => left - right;
}
