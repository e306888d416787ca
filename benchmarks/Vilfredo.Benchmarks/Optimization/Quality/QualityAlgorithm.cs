using Vilfredo.Optimization;
using Vilfredo.Optimization.Evolutionary;
using Vilfredo.ReferenceDirections;

namespace Vilfredo.Benchmarks.Optimization;

/// <summary>An algorithm with the operators that pymoo gives it by default, and with ours, which are those of the papers.</summary>
/// <remarks>
/// pymoo mutates nine children of ten, each variable with probability 1/n (at most 1/2); here it is every child, with 0.9/n. It never
/// evaluates a copy, except in MOEA/D. Its MOEA/D divides two objectives by Tchebycheff and three by boundary intersection. Its
/// NSGA-III compares extreme points in the units of the problem, its RVEA weighs angles by 1 for two objectives and remembers the ideal point. The parents
/// of its SMS-EMOA meet in tournaments by dominance, and its reference point lies ten ranges behind.
/// </remarks>
internal sealed record QualityAlgorithm(string Name, Func<QualityCase, bool, ulong, IOptimizer> Create)
{
    public static IReadOnlyList<QualityAlgorithm> All { get; } =
    [
        new("nsga2", (c, asPeer, seed) => Nsga2.For(c.Problem, seed, asPeer
            ? new() { PopulationSize = c.PopulationSize, Variation = Operators(c, 0.9, 15), EliminateDuplicates = true }
            : new() { PopulationSize = c.PopulationSize })),
        new("nsga3", (c, asPeer, seed) => Nsga3.For(c.Problem, seed, NicheOptions(c, asPeer, isUnified: false))),
        new("unsga3", (c, asPeer, seed) => Nsga3.For(c.Problem, seed, NicheOptions(c, asPeer, isUnified: true))),
        new("moead", (c, asPeer, seed) => Moead.For(c.Problem, seed, asPeer
            ? new()
            {
                Weights = Directions(c), Variation = Operators(c, 1, 20), NeighborhoodProbability = 0.9,
                Scalarization = c.Problem.ObjectiveCount > 2 ? MoeadScalarization.PenaltyBoundaryIntersection : MoeadScalarization.Tchebycheff,
            }
            : new() { Weights = Directions(c) })),
        new("smsemoa", (c, asPeer, seed) => SmsEmoa.For(c.Problem, seed, asPeer
            ? new()
            {
                PopulationSize = c.PopulationSize, Children = c.PopulationSize, Variation = Operators(c, 0.9, 15), EliminateDuplicates = true,
                Mating = SmsEmoaMating.Dominance, ReferenceOffset = 10,
            }
            : new() { PopulationSize = c.PopulationSize })),
        new("spea2", (c, asPeer, seed) => Spea2.For(c.Problem, seed, asPeer
            ? new() { PopulationSize = c.PopulationSize, Variation = Operators(c, 0.9, 15), EliminateDuplicates = true }
            : new() { PopulationSize = c.PopulationSize })),
        new("rvea", (c, asPeer, seed) => Rvea.For(c.Problem, seed, asPeer
            ? new()
            {
                PopulationSize = c.PopulationSize, Directions = Directions(c), Generations = c.Generations, Variation = Operators(c, 1, 30), EliminateDuplicates = true,
                AngleWeight = c.Problem.ObjectiveCount == 2 ? 1 : null, RememberIdeal = true,
            }
            : new() { PopulationSize = c.PopulationSize, Directions = Directions(c), Generations = c.Generations })),
        new("agemoea2", (c, asPeer, seed) => AgeMoea2.For(c.Problem, seed, asPeer
            ? new() { PopulationSize = c.PopulationSize, Variation = Operators(c, 0.9, 15), EliminateDuplicates = true }
            : new() { PopulationSize = c.PopulationSize })),
    ];

    /// <summary>The evaluations that count as a generation.</summary>
    public int ChildrenOf(QualityCase quality) =>
        Name == "moead" ? Directions(quality).Length / quality.Problem.ObjectiveCount : quality.PopulationSize;

    private static double[] Directions(QualityCase quality) => DasDennisDirections.Create(quality.Problem.ObjectiveCount, quality.Divisions);

    private static Nsga3Options NicheOptions(QualityCase quality, bool asPeer, bool isUnified)
    {
        var options = new Nsga3Options { PopulationSize = quality.PopulationSize, Directions = Directions(quality), Unified = isUnified };
        return asPeer ? options with { Variation = Operators(quality, 1, 30), EliminateDuplicates = true, ExtremePoints = ExtremePointUnits.Raw } : options;
    }

    private static VariationOptions Operators(QualityCase quality, double crossover, double index) => new()
    {
        CrossoverProbability = crossover,
        CrossoverDistributionIndex = index,
        MutationProbability = 0.9 * Math.Min(0.5, 1.0 / quality.Problem.Space.Count),
        MutationDistributionIndex = 20,
    };
}
