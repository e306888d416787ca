namespace Vilfredo.Optimization.Gradients.Fronts;

/// <summary>Settings of <see cref="ParetoContinuation"/>.</summary>
public sealed record ContinuationOptions
{
    /// <summary>The length of a step in the space of variables and weight, above 0.</summary>
    public double Step { get; init; } = 0.05;

    /// <summary>The most points.</summary>
    public int MaximumPoints { get; init; } = 500;

    /// <summary>The difference for second derivatives, above 0.</summary>
    public double Difference { get; init; } = 1e-5;

    /// <summary>The norm of the weighted gradient at which a point counts as critical, above 0.</summary>
    public double Tolerance { get; init; } = 1e-8;

    internal void Validate()
    {
        if (!(Step > 0 && Difference > 0 && Tolerance > 0)) throw new ArgumentException($"Step {Step}, difference {Difference} and tolerance {Tolerance} must be above 0.");
        if (MaximumPoints < 1) throw new ArgumentException($"The most points are {MaximumPoints}; there must be at least 1.");
    }
}
