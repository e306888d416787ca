namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Recombines two parents, in the variables the operator is made for.</summary>
/// <remarks>Implementations hold no changing state and may be used from several threads.</remarks>
public interface ICrossover
{
    /// <summary>Makes two children of two parents.</summary>
    /// <param name="first">The first parent, one value per variable.</param>
    /// <param name="second">The second parent.</param>
    /// <param name="firstChild">Holds a copy of the first parent; the values that change are written over it.</param>
    /// <param name="secondChild">Holds a copy of the second parent; the values that change are written over it.</param>
    /// <param name="random">The generator.</param>
    void Cross(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, Span<double> firstChild, Span<double> secondChild, RandomGenerator random);
}
