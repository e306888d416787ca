namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Settings of differential evolution's variation (R. Storn, K. Price, Journal of Global Optimization 11, 1997).</summary>
public sealed record DifferentialOptions
{
    /// <summary>F, what the difference of two points is multiplied by, above 0 and at most 2.</summary>
    public double Scale { get; init; } = 0.5;

    /// <summary>CR, the probability that a variable is taken from the mutant instead of the target, in [0, 1]; one always is.</summary>
    public double CrossoverRate { get; init; } = 1;

    internal void Validate()
    {
        if (!(Scale > 0 && Scale <= 2)) throw new ArgumentException($"Scale is {Scale}; it must be above 0 and at most 2.");
        VariationOptions.CheckProbability(CrossoverRate, nameof(CrossoverRate));
    }
}
