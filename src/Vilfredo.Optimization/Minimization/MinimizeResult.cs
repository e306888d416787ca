namespace Vilfredo.Optimization;

/// <summary>What a run found.</summary>
/// <param name="Population">The optimiser's points at the end.</param>
/// <param name="Evaluations">Points evaluated in this run.</param>
/// <param name="Generations">Batches evaluated in this run.</param>
/// <param name="Elapsed">The time the run took.</param>
/// <param name="StopReason">Why the run ended.</param>
public sealed record MinimizeResult(
    Population Population, long Evaluations, long Generations, TimeSpan Elapsed, StopReason StopReason)
{
    /// <summary>The feasible, non-dominated points of the population (see <see cref="Population.NonDominated"/>).</summary>
    public Population Frontier { get; } = Population.NonDominated();
}
