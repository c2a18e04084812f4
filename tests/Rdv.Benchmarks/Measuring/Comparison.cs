using Rdv.Benchmarks.Storage;

namespace Rdv.Benchmarks.Measuring;

/// <summary>Rounds of both sides of one case, taken by turns: what else the machine does meets both.</summary>
internal sealed record Comparison(string Name, int Clients, IReadOnlyList<(Sample Ours, Sample Floor)> Rounds, Wire Wire)
{
    public double Ours => Rounds.Select(round => round.Ours.PerSecond).Median();

    public double Floor => Rounds.Select(round => round.Floor.PerSecond).Median();

    /// <summary>The median of the rounds' own ratios: the two halves of a round met the same machine.</summary>
    public double Ratio => Ratios.Median();

    public IEnumerable<double> Ratios => Rounds.Select(round => round.Ours.PerSecond / round.Floor.PerSecond);

    /// <summary>Ours over the floor's, an operation: the same on a busy machine as on a quiet one, which rates are not.</summary>
    public double Cpu => Rounds.Select(round => round.Ours.CpuMicroseconds / round.Floor.CpuMicroseconds).Median();

    /// <inheritdoc cref="Cpu"/>
    public double Allocated => Rounds.Select(round => round.Ours.Bytes / round.Floor.Bytes).Median();

    public override string ToString() =>
        $"{Name + ", " + (Clients == 1 ? "1 client" : Clients + " clients") + ":",-38} "
        + $"ours={Ours,5:F0} /s  floor={Floor,5:F0} /s  ratio={Ratio:F2} ({Ratios.Min():F2}..{Ratios.Max():F2})  "
        + $"cpu={Of(sample => sample.Ours.CpuMicroseconds):F0}/{Of(sample => sample.Floor.CpuMicroseconds):F0} µs  "
        + $"allocated={Of(sample => sample.Ours.Bytes) / 1024:F0}/{Of(sample => sample.Floor.Bytes) / 1024:F0} KB";

    private double Of(Func<(Sample Ours, Sample Floor), double> value) => Rounds.Select(value).Median();
}
