namespace Vilfredo.Optimization.Nonsmooth;

/// <summary>Settings of <see cref="NonsmoothDescent"/>.</summary>
public sealed record NonsmoothDescentOptions
{
    /// <summary>The levels, passed one after the other; default (10^-k, 10^-k) for k = 1 to 5.</summary>
    public IReadOnlyList<CriticalityLevel> Levels { get; init; } = [.. Enumerable.Range(1, 5).Select(k => new CriticalityLevel(Math.Pow(10, -k), Math.Pow(10, -k)))];

    /// <summary>c, above 0 and below 1: the share of the linearly predicted decrease that a step must reach in every objective.</summary>
    public double Sufficient { get; init; } = 0.25;

    /// <summary>The most steps in all.</summary>
    public int MaximumSteps { get; init; } = 5_000;

    /// <summary>The most subgradients for one direction.</summary>
    public int MaximumSubgradients { get; init; } = 200;

    /// <summary>Random points of the ball whose subgradients each direction starts with, for each objective; 0 draws none.</summary>
    public int Samples { get; init; }

    /// <summary>
    /// Whether subgradients are searched for along directions that fail. False leaves it to the random samples alone, which is
    /// gradient sampling; then there should be more samples than variables.
    /// </summary>
    public bool Bisection { get; init; } = true;

    /// <summary>The subgradients remembered for each objective; those found in the ball around a new point are used again. 0 remembers none.</summary>
    public int Memory { get; init; }

    internal void Validate()
    {
        if (Samples < 0) throw new ArgumentException($"The samples are {Samples}; they cannot be negative.");
        if (Memory < 0) throw new ArgumentException($"The subgradients to remember are {Memory}; they cannot be negative.");
        if (!Bisection && Samples == 0) throw new ArgumentException("Without bisection there must be samples: give the number of variables plus 1, or more.");
        if (Levels is null || Levels.Count == 0) throw new ArgumentException("Give at least one criticality level.");
        foreach (var level in Levels)
        {
            if (!(level.Radius > 0 && double.IsFinite(level.Radius) && level.Norm > 0 && double.IsFinite(level.Norm)))
                throw new ArgumentException($"The level {level} must have a finite radius and norm above 0.");
        }

        if (!(Sufficient > 0 && Sufficient < 1)) throw new ArgumentException($"The share of the decrease is {Sufficient}; it must be above 0 and below 1.");
        if (MaximumSteps < 0) throw new ArgumentException($"The most steps are {MaximumSteps}; they cannot be negative.");
        if (MaximumSubgradients < 1) throw new ArgumentException($"The most subgradients are {MaximumSubgradients}; there must be at least 1.");
    }
}
