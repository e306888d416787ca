using Vilfredo.Optimization.Samplers;
using Vilfredo.ReferenceDirections;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Settings of MOEA/D. The defaults are those of its paper.</summary>
public sealed record MoeadOptions
{
    /// <summary>
    /// Row-major weights, one subproblem each: non-negative values that sum to 1, one per objective, at least 2 rows.
    /// <see langword="null"/> for the paper's lattice: 99 divisions for 2 objectives, 23 for 3 (300 subproblems); beyond,
    /// the finest of at most 300.
    /// </summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>T, the number of subproblems whose weights are nearest, itself included, at least 2; at most all. 20 in the paper.</summary>
    public int Neighborhood { get; init; } = 20;

    /// <summary>How a subproblem measures a point.</summary>
    public MoeadScalarization Scalarization { get; init; } = MoeadScalarization.Tchebycheff;

    /// <summary>Theta of <see cref="MoeadScalarization.PenaltyBoundaryIntersection"/>, at least 0. 5 in the paper.</summary>
    public double Penalty { get; init; } = 5;

    /// <summary>
    /// Whether objectives are divided by their range over the population, measured anew once per as many results as there are
    /// subproblems: for objectives of different scales (the paper's section V-E). Off in its other experiments.
    /// </summary>
    public bool Normalize { get; init; }

    /// <summary>How children are made.</summary>
    public MoeadVariation Children { get; init; } = MoeadVariation.Genetic;

    /// <summary>
    /// The probability that parents come from the neighbourhood, and the child competes there, in [0, 1]; otherwise from all
    /// subproblems. <see langword="null"/> for the papers': always with genetic operators, 0.9 with differential evolution.
    /// </summary>
    public double? NeighborhoodProbability { get; init; }

    /// <summary>
    /// The largest number of points that a child replaces, at least 1. <see langword="null"/> for the papers': all that it is no
    /// worse than with genetic operators, 2 with differential evolution.
    /// </summary>
    public int? MaximumReplacements { get; init; }

    /// <summary>F and CR of <see cref="MoeadVariation.DifferentialEvolution"/>. 0.5 and 1 in the paper.</summary>
    public DifferentialOptions Differential { get; init; } = new();

    /// <summary>Crossover, always made in the paper and not used by differential evolution, and mutation.</summary>
    public VariationOptions Variation { get; init; } = new() { CrossoverProbability = 1 };

    /// <summary>Gives the first points; <see langword="null"/> for uniformly random ones of the seed.</summary>
    public ISampler? Sampling { get; init; }

    internal double NeighborhoodShare => NeighborhoodProbability ?? (Children == MoeadVariation.Genetic ? 1 : 0.9);

    internal int Replacements => MaximumReplacements ?? (Children == MoeadVariation.Genetic ? int.MaxValue : 2);

    /// <summary>Weights for <see cref="Weights"/>: the finest lattice of at most that many, or the corners if that is too few.</summary>
    /// <param name="objectives">The number of objectives, at least 1. For a single one all weights are the same.</param>
    /// <param name="count">The number of weights that is not to be exceeded.</param>
    public static double[] LatticeOf(int objectives, int count) => objectives == 1
        ? [.. Enumerable.Repeat(1.0, Math.Max(2, count))]
        : DasDennisDirections.Create(objectives, Math.Max(1, DasDennisDirections.DivisionsFor(objectives, count)));

    internal double[] WeightsFor(int objectives)
    {
        if (Weights is not null) return [.. Weights];
        const int MostSubproblems = 300;
        return objectives switch
        {
            1 => [1, 1],
            2 => DasDennisDirections.Create(2, 99),
            _ => LatticeOf(objectives, MostSubproblems),
        };
    }

    internal void Validate(DecisionSpace space)
    {
        if (Neighborhood < 2) throw new ArgumentException($"Neighborhood is {Neighborhood}; it must be at least 2.");
        if (!(Penalty >= 0 && double.IsFinite(Penalty)))
            throw new ArgumentException($"Penalty is {Penalty}; it must be a finite number of at least 0.");
        VariationOptions.CheckProbability(NeighborhoodShare, nameof(NeighborhoodProbability));
        if (Replacements < 1) throw new ArgumentException($"MaximumReplacements is {MaximumReplacements}; it must be at least 1.");
        ArgumentNullException.ThrowIfNull(Variation);
        ArgumentNullException.ThrowIfNull(Differential);
        if (Sampling is not null && Sampling.Space.Count != space.Count)
        {
            throw new ArgumentException(
                $"The sampling has {Sampling.Space.Count} variables but the space has {space.Count}; create it for the same space.");
        }
    }
}
