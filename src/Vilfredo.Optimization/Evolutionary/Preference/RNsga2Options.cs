namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Settings of R-NSGA-II.</summary>
public sealed record RNsga2Options : EvolutionaryOptions
{
    /// <summary>
    /// Row-major points that the user would like to reach, one value per objective to be minimised, in the objectives' own units. They may be attainable or not. With
    /// <see cref="Weights"/> there need be none: then the best value of each objective is the point, and the ends of the front stay in the population.
    /// </summary>
    public IReadOnlyList<double> ReferencePoints { get; init; } = [];

    /// <summary>
    /// How near each other survivors may be, as the sum over objectives of differences in units of the front's range; at least 0. Larger values spread the points around a
    /// reference point further. 0.001 in the paper.
    /// </summary>
    public double Epsilon { get; init; } = 0.001;

    /// <summary>How much each objective counts in the distance to a reference point; <see langword="null"/> for equal weights. Only their ratios matter.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>The number of points that survive each generation, at least 2.</summary>
    public int PopulationSize { get; init; } = 100;

    internal override int SizeFor(int objectiveCount) => PopulationSize;

    internal override ISurvival CreateSurvival(int objectiveCount) =>
        new ReferencePointSurvival(objectiveCount, [.. ReferencePoints], Weights is null ? [.. Enumerable.Repeat(1.0 / objectiveCount, objectiveCount)] : [.. Weights], Epsilon);

    internal override void Validate(DecisionSpace space, int objectiveCount)
    {
        base.Validate(space, objectiveCount);
        AspirationPoints.Validate(ReferencePoints, Weights, objectiveCount);
        if (!(Epsilon >= 0 && double.IsFinite(Epsilon)))
            throw new ArgumentException(FormattableString.Invariant($"Epsilon is {Epsilon}; it must be a finite number of at least 0."));
    }
}
