namespace Vilfredo.Optimization.Evolutionary;

/// <summary>How categorical and binary variables are recombined.</summary>
public enum CategoricalCrossover
{
    /// <summary>Each variable is exchanged with probability 1/2 (<see cref="UniformCrossover"/>).</summary>
    Uniform,

    /// <summary>The variables behind one random cut are exchanged (<see cref="PointCrossover"/>), as in the NSGA-II paper.</summary>
    OnePoint,

    /// <summary>The variables between two random cuts are exchanged (<see cref="PointCrossover"/>).</summary>
    TwoPoint,
}
