namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Changes a point at random, in the variables the operator is made for.</summary>
/// <remarks>Implementations hold no changing state and may be used from several threads.</remarks>
public interface IMutation
{
    /// <summary>Mutates a point in place.</summary>
    /// <param name="decisions">One value per variable.</param>
    /// <param name="random">The generator.</param>
    void Mutate(Span<double> decisions, RandomGenerator random);
}
