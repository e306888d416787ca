namespace Vilfredo.Optimization.Gradients;

/// <summary>
/// PCGrad (T. Yu et al., Gradient surgery for multi-task learning, NeurIPS 2020): from each gradient, for the others in random
/// order, the part is taken that points against the other; the results are averaged.
/// </summary>
/// <remarks>With one objective, or without conflicts, this is the mean of the gradients.</remarks>
public sealed class ProjectedConflicts : IGradientCombiner
{
    private readonly RandomGenerator random;

    /// <summary>Creates the rule.</summary>
    /// <param name="random">Orders the other gradients anew for each gradient of each call.</param>
    public ProjectedConflicts(RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        this.random = random;
    }

    /// <inheritdoc/>
    public void Weigh(ReadOnlySpan<double> gram, Span<double> weights)
    {
        var m = weights.Length;
        MinimumNormPoint.CheckGram(gram, m);
        weights.Clear();
        var order = Enumerable.Range(0, m).ToArray();
        var projected = new double[m];
        for (var i = 0; i < m; i++)
        {
            Array.Clear(projected);
            projected[i] = 1;
            random.Shuffle(order.AsSpan());
            foreach (var j in order)
            {
                if (j == i || gram[j * m + j] <= 0) continue;
                var product = MinimumNormPoint.RowProduct(gram, j, projected);
                if (product < 0) projected[j] -= product / gram[j * m + j];
            }

            for (var j = 0; j < m; j++) weights[j] += projected[j] / m;
        }
    }
}
