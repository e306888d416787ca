using Vilfredo.Statistics;

namespace Vilfredo.Studies;

/// <summary>One side of a comparison.</summary>
public sealed class ComparedGroup
{
    internal ComparedGroup(IReadOnlyList<double> hypervolumes, BootstrapInterval? interval, double[] resampled)
    {
        Hypervolumes = hypervolumes;
        Interval = interval;
        Resampled = resampled;
    }

    /// <summary>The hypervolume of each run, as a share of the box to the reference point.</summary>
    public IReadOnlyList<double> Hypervolumes { get; }

    /// <summary>Their mean.</summary>
    public double Mean => Hypervolumes.Average();

    /// <summary>
    /// The 95 % interval of the mean over the runs, or of the single run over the repeats of its trials; <see langword="null"/>
    /// when there is neither.
    /// </summary>
    public BootstrapInterval? Interval { get; }

    /// <summary>With one run: its hypervolume in every resample of the repeats.</summary>
    internal double[] Resampled { get; }
}
