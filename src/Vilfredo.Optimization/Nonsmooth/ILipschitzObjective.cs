namespace Vilfredo.Optimization.Nonsmooth;

/// <summary>A locally Lipschitz function of n variables, to be minimised; it may have kinks.</summary>
public interface ILipschitzObjective
{
    /// <summary>The function's value.</summary>
    /// <param name="x">n values.</param>
    double Value(ReadOnlySpan<double> x);

    /// <summary>Writes one Clarke subgradient at x: where the function is smooth, its gradient.</summary>
    /// <param name="x">n values.</param>
    /// <param name="subgradient">n values; overwritten.</param>
    void Subgradient(ReadOnlySpan<double> x, Span<double> subgradient);
}
