namespace Rdv.Benchmarks.Scale;
internal static class ScaleBenchmark { public static Task<int> RunAsync(bool full) => Task.FromResult(full ? 1 : 0); }
