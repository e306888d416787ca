namespace Vilfredo.Optimization.Gradients;

/// <summary>
/// The combination of least norm (J.-A. Desideri, Multiple-gradient descent algorithm, Comptes Rendus Mathematique 350, 2012;
/// also J. Fliege and B. F. Svaiter, Mathematical Methods of Operations Research 51, 2000). No objective rises along the step to
/// first order, and the combination is 0 exactly at Pareto-critical points.
/// </summary>
public sealed class MultipleGradientDescent : IGradientCombiner
{
    /// <inheritdoc/>
    public void Weigh(ReadOnlySpan<double> gram, Span<double> weights) => MinimumNormPoint.Solve(gram, weights);
}
