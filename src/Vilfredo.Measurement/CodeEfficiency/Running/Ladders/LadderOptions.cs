using Vilfredo.Measurement.CodeEfficiency.Estimators.Levels;
using Vilfredo.Measurement.CodeEfficiency.Running.Metering;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Ladders;

/// <summary>How samples are run over a ladder; the defaults are the published ones (arXiv 2406.06647 and its code) but for the meter and the memory.</summary>
public sealed record LadderOptions
{
    /// <summary>α, the weights of the levels and the tolerance; the weights must be as many as a problem has levels.</summary>
    public LevelScoreOptions Scoring { get; init; } = new();

    /// <summary>R: timed runs of every test of a level that has weight; 6. Levels without weight are run once.</summary>
    public int Repeats { get; init; } = 6;

    /// <summary>
    /// What is counted: CPU time of the thread. The published meter is wall time. For <see cref="CostAxis.AllocatedBytes"/> the
    /// limit of a problem is in bytes, and time is limited by <see cref="Limits"/> alone. Instructions are not measured here.
    /// </summary>
    public CostAxis Axis { get; init; } = CostAxis.ThreadCpuTime;

    /// <summary>
    /// What a sample may use besides; its time is the reference's and the generator's. The published memory is 4 GB, this default 512 MiB.
    /// </summary>
    public RunLimits Limits { get; init; } = new();

    /// <summary>
    /// No run is killed before it has used this much; 0.1 s. Below it a run is measured to its end and then held against the limit, which
    /// gives the same scores and lets nobody be killed by the compilation of library code.
    /// </summary>
    public TimeSpan LeastKillTime { get; init; } = TimeSpan.FromSeconds(0.1);

    /// <summary>The base seed of the inputs.</summary>
    public int Seed { get; init; } = LadderInputs.DefaultSeed;
}
