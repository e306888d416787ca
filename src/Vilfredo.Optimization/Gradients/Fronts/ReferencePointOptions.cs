namespace Vilfredo.Optimization.Gradients.Fronts;

/// <summary>Settings of <see cref="ReferencePointFront"/>.</summary>
public sealed record ReferencePointOptions
{
    /// <summary>The step of the reference point along the front, above 0, in parts of the objectives' ranges.</summary>
    public double Along { get; init; } = 0.12;

    /// <summary>The distance of the reference point below the front, above 0, in the same unit.</summary>
    public double Below { get; init; } = 0.15;

    /// <summary>The weight of the other objective where the front ends, above 0 and below 0.5.</summary>
    public double EndWeight { get; init; } = 1e-3;

    /// <summary>The most points.</summary>
    public int MaximumPoints { get; init; } = 200;

    /// <summary>The most BFGS steps for one point.</summary>
    public int Iterations { get; init; } = 300;

    internal void Validate()
    {
        if (!(Along > 0 && double.IsFinite(Along))) throw new ArgumentException($"The step along the front is {Along}; it must be above 0.");
        if (!(Below > 0 && double.IsFinite(Below))) throw new ArgumentException($"The distance below the front is {Below}; it must be above 0.");
        if (!(EndWeight is > 0 and < 0.5)) throw new ArgumentException($"The weight at the ends is {EndWeight}; it must be above 0 and below 0.5.");
        if (MaximumPoints < 2 || Iterations < 1) throw new ArgumentException($"There are at most {MaximumPoints} points of {Iterations} steps; there must be at least 2 and 1.");
    }
}
