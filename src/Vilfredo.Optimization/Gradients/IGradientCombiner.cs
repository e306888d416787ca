namespace Vilfredo.Optimization.Gradients;

/// <summary>
/// Makes one gradient of several. Every rule here needs the inner products of the gradients only, not the gradients: the cost
/// beyond one Gram matrix does not grow with the number of parameters, and the gradients may be held anywhere.
/// </summary>
public interface IGradientCombiner
{
    /// <summary>Finds the weights w; the combined gradient is the sum of w_j g_j, and a step goes against it.</summary>
    /// <param name="gram">The inner products of the gradients, m x m, row-major, finite.</param>
    /// <param name="weights">m values; overwritten.</param>
    /// <exception cref="ArgumentException"><paramref name="gram"/> is not m x m.</exception>
    void Weigh(ReadOnlySpan<double> gram, Span<double> weights);
}
