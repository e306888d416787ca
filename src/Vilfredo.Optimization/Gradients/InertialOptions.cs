namespace Vilfredo.Optimization.Gradients;

/// <summary>Settings of <see cref="InertialGradient"/>.</summary>
public sealed record InertialOptions
{
    /// <summary>s, above 0: at most 1 / L for gradients whose Lipschitz constants are at most L.</summary>
    public required double Step { get; init; }

    /// <summary>The norm of the least combination of the gradients at which a point counts as critical, above 0.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>The most steps.</summary>
    public int MaximumSteps { get; init; } = 10_000;

    internal void Validate()
    {
        if (!(Step > 0 && double.IsFinite(Step))) throw new ArgumentException($"The step is {Step}; it must be above 0.");
        if (!(Tolerance > 0)) throw new ArgumentException($"The tolerance is {Tolerance}; it must be above 0.");
        if (MaximumSteps < 0) throw new ArgumentException($"The most steps are {MaximumSteps}; they cannot be negative.");
    }
}
