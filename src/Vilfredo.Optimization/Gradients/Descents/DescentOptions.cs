namespace Vilfredo.Optimization.Gradients.Descents;

/// <summary>Settings of <see cref="MultiStartDescent"/>. Lengths are shares of the variables' ranges.</summary>
public sealed record DescentOptions
{
    /// <summary>How many paths descend side by side, at least 1.</summary>
    public int Starts { get; init; } = 5;

    /// <summary>The distance of the points whose differences stand for gradients that are not reported, above 0 and at most 0.1; larger for noisy objectives.</summary>
    public double Difference { get; init; } = 1e-3;

    /// <summary>The length of a path's first step, above 0 and at most 1.</summary>
    public double FirstStep { get; init; } = 0.1;

    /// <summary>A path ends when no step down to this length is an improvement; above 0 and at most <see cref="FirstStep"/>.</summary>
    public double ShortestStep { get; init; } = 1e-4;

    /// <summary>Whether objectives are divided by the ranges of their values at the first starts (by 1 with a single start), so that their units do not matter.</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>c of <see cref="DescentMethod.ConflictAverse"/>, at least 0 and below 1.</summary>
    public double Radius { get; init; } = 0.4;

    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Starts, 1);
        Require(Difference, 0.1, nameof(Difference));
        Require(FirstStep, 1, nameof(FirstStep));
        Require(ShortestStep, FirstStep, nameof(ShortestStep));
        if (!(Radius >= 0 && Radius < 1)) throw new ArgumentOutOfRangeException(nameof(Radius), Radius, "The radius must be at least 0 and below 1.");
    }

    private static void Require(double value, double most, string name)
    {
        if (!(value > 0 && value <= most)) throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} must be above 0 and at most {most}."));
    }
}
