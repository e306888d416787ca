namespace Vilfredo.Optimization.Evolutionary;

/// <summary>How MOEA/D makes a child of its neighbours.</summary>
public enum MoeadVariation
{
    /// <summary>Crossover of two neighbours and mutation, as in the first paper (Zhang and Li 2007).</summary>
    Genetic,

    /// <summary>
    /// The difference of two neighbours added to the subproblem's own point, and mutation: MOEA/D-DE (H. Li, Q. Zhang,
    /// "Multiobjective optimization problems with complicated Pareto sets, MOEA/D and NSGA-II", IEEE Transactions on Evolutionary
    /// Computation 13(2), 2009).
    /// </summary>
    DifferentialEvolution,
}
