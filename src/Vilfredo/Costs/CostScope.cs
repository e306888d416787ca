namespace Vilfredo;

/// <summary>An open phase of a <see cref="CostMeter"/>: dispose it when the phase ends.</summary>
public sealed class CostScope : IProgress<CostVector>, IDisposable
{
    private readonly CostMeter meter;
    private int disposed;

    internal CostScope(CostMeter meter, string phase) => (this.meter, Phase) = (meter, phase);

    /// <summary>The name of the phase.</summary>
    public string Phase { get; }

    /// <summary>Adds a report to this phase and to the meter's total; also after the phase has ended.</summary>
    /// <param name="value">What was measured; the other kinds are left as they are.</param>
    public void Report(CostVector value) => meter.Report(value, Phase);

    /// <summary>Adds an amount of one kind to this phase and to the meter's total.</summary>
    /// <param name="kind">Any kind but money, which needs its currency.</param>
    /// <param name="amount">In the unit of <see cref="CostUnit"/>; finite and at least 0.</param>
    public void Report(CostKind kind, double amount) => meter.Report(kind, amount, Phase);

    /// <summary>Ends the phase and its wall time; a second call does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0) meter.Stop(Phase);
    }
}
