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

    /// <summary>Crossover, always made in the paper, and mutation.</summary>
    public VariationOptions Variation { get; init; } = new() { CrossoverProbability = 1 };

    /// <summary>Gives the first points; <see langword="null"/> for uniformly random ones of the seed.</summary>
    public ISampler? Sampling { get; init; }

    internal double[] WeightsFor(int objectives)
    {
        if (Weights is not null) return [.. Weights];
        const int MostSubproblems = 300;
        return objectives switch
        {
            1 => [1, 1],
            2 => DasDennisDirections.Create(2, 99),
            _ => DasDennisDirections.Create(objectives, Math.Max(1, DasDennisDirections.DivisionsFor(objectives, MostSubproblems))),
        };
    }

    internal void Validate(DecisionSpace space)
    {
        if (Neighborhood < 2) throw new ArgumentException($"Neighborhood is {Neighborhood}; it must be at least 2.");
        if (!(Penalty >= 0 && double.IsFinite(Penalty)))
            throw new ArgumentException($"Penalty is {Penalty}; it must be a finite number of at least 0.");
        ArgumentNullException.ThrowIfNull(Variation);
        if (Sampling is not null && Sampling.Space.Count != space.Count)
        {
            throw new ArgumentException(
                $"The sampling has {Sampling.Space.Count} variables but the space has {space.Count}; create it for the same space.");
        }
    }
}
