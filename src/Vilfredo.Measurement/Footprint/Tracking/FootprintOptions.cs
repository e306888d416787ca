using Vilfredo.Measurement.Footprint.Carbon;
using Vilfredo.Measurement.Footprint.Power;

namespace Vilfredo.Measurement.Footprint.Tracking;

/// <summary>Factors by which a <see cref="FootprintMeter"/> turns energy into a footprint.</summary>
public sealed record FootprintOptions
{
    /// <summary>Time between two samples unless stated.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(1);

    /// <summary>The largest share of one processor that samples take unless stated: 0.5 %.</summary>
    public const double DefaultLargestOverhead = 0.005;

    /// <summary>What is counted.</summary>
    public FootprintScope Scope { get; init; } = FootprintScope.Process;

    /// <summary>The building: PUE and water. PUE is 1 unless stated.</summary>
    public Facility Facility { get; init; } = Facility.None;

    /// <summary>The grid; the world's average unless stated, which the report then says.</summary>
    public ICarbonIntensitySource Intensity { get; init; } = new ConstantIntensity(CarbonIntensity.World);

    /// <summary>What making the machine costs per hour; <see langword="null"/> to leave it out, which the report then says.</summary>
    public EmbodiedCarbon? Embodied { get; init; }

    /// <summary>Time between two samples, above 0; longer where <see cref="LargestOverhead"/> asks for it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not above 0.</exception>
    public TimeSpan Interval
    {
        get;
        init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The time between samples is above 0, such as 1 s.");
    } = DefaultInterval;

    /// <summary>
    /// The largest share of one processor that periodic samples may take, above 0, at most 1: where a sample of very many processes would take more of
    /// <see cref="Interval"/>, the next one comes later, after at most a minute. Samples are timed on Linux only; elsewhere the interval is kept.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The share is outside of its range.</exception>
    public double LargestOverhead
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The overhead is a share of one processor above 0 and at most 1, such as 0.005.");
    } = DefaultLargestOverhead;

    /// <summary>What was assumed beyond this, in words; repeated in the report.</summary>
    public IReadOnlyList<string> Assumptions { get; init; } = [];
}
