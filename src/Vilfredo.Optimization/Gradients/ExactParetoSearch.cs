using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.Gradients;

/// <summary>
/// EPO (D. Mahapatra and V. Rajan, Multi-task learning with user preferences: gradient descent with controlled ascent in Pareto
/// optimization, ICML 2020; written from memory of the paper): descent to the Pareto point at which the losses times their
/// preferences are equal.
/// </summary>
/// <remarks>
/// While the weighted losses are unequal, the combination that lowers their non-uniformity fastest is taken, among those that do
/// not raise the largest weighted loss nor what the balance does not ask to rise; once they are equal, the one that lowers all losses
/// fastest together, none rising. Where balancing would raise every loss, the largest weighted one is lowered fastest, none rising: a
/// change to the paper's program, which can end at the minimum of one loss there. All are linear programs over the simplex, solved by trying their corners: up to 8 objectives.
/// </remarks>
public sealed class ExactParetoSearch
{
    /// <summary>The most objectives.</summary>
    public const int MaximumObjectives = 8;
    private readonly double[] preferences;
    private readonly double balanced;

    /// <summary>Creates the search.</summary>
    /// <param name="preferences">One weight above 0 per objective, from 1 to 8 of them: an objective of twice the weight ends with half the loss.</param>
    /// <param name="balanced">The non-uniformity, 0 to log m, below which the weighted losses count as equal.</param>
    /// <exception cref="ArgumentException">A preference is not so.</exception>
    public ExactParetoSearch(IReadOnlyList<double> preferences, double balanced = 1e-4)
    {
        ArgumentNullException.ThrowIfNull(preferences);
        if (preferences.Count is 0 or > MaximumObjectives || !preferences.All(p => p > 0 && double.IsFinite(p)))
            throw new ArgumentException($"The preferences are {string.Join(", ", preferences)}; there must be 1 to {MaximumObjectives}, finite and above 0.", nameof(preferences));
        if (!(balanced > 0)) throw new ArgumentOutOfRangeException(nameof(balanced), balanced, "The non-uniformity must be above 0.");
        (this.preferences, this.balanced) = ([.. preferences], balanced);
    }

    /// <summary>
    /// The relative entropy of the weighted losses' shares to even shares: 0 when losses times preferences are equal, at most log m.
    /// </summary>
    /// <param name="losses">One per objective, at least 0, not all 0.</param>
    /// <exception cref="ArgumentException">A loss is not so.</exception>
    public double NonUniformity(ReadOnlySpan<double> losses)
    {
        var sum = 0.0;
        foreach (var share in Shares(losses)) sum += share > 0 ? share * Math.Log(share * losses.Length) : 0;
        return Math.Max(0, sum);
    }

    /// <summary>Finds the weights of the gradients; a step goes against their sum.</summary>
    /// <param name="losses">One per objective, at least 0, not all 0.</param>
    /// <param name="gram">The inner products of the gradients, m x m, row-major, finite.</param>
    /// <param name="weights">m values; overwritten with weights of at least 0 that sum to 1.</param>
    /// <exception cref="ArgumentException">A length does not fit, or a loss is not so.</exception>
    public void Weigh(ReadOnlySpan<double> losses, ReadOnlySpan<double> gram, Span<double> weights)
    {
        var m = preferences.Length;
        if (weights.Length != m) throw new ArgumentException($"There are {weights.Length} weights for {m} preferences.", nameof(weights));
        MinimumNormPoint.CheckGram(gram, m);
        var (shares, uneven) = (Shares(losses), NonUniformity(losses));
        var (gain, bounds) = (new double[m], new double[m]);
        if (uneven > balanced)
        {
            var adjustments = new double[m];
            for (var j = 0; j < m; j++) adjustments[j] = preferences[j] * (Math.Log(Math.Max(shares[j], 1e-300) * m) - uneven);
            for (var j = 0; j < m; j++) gain[j] = MinimumNormPoint.RowProduct(gram, j, adjustments);
            var largest = Array.IndexOf(shares, shares.Max());
            if (gain.Any(product => product > 0))
            {
                // What the balancing direction would lower is free; nothing else may rise faster than it asks, the largest not at all.
                for (var j = 0; j < m; j++) bounds[j] = gain[j] > 0 ? double.NegativeInfinity : gain[j];
                bounds[largest] = 0;
            }
            else
            {
                for (var j = 0; j < m; j++) gain[j] = gram[largest * m + j];
            }
        }
        else
        {
            for (var i = 0; i < m; i++)
            {
                for (var j = 0; j < m; j++) gain[i] += gram[i * m + j];
            }
        }

        if (!BestCorner(gram, gain, bounds, weights)) MinimumNormPoint.Solve(gram, weights);
    }

    /// <summary>Maximises the gain over the weights of the simplex whose row products are at least their bounds.</summary>
    private static bool BestCorner(ReadOnlySpan<double> gram, double[] gain, double[] bounds, Span<double> weights)
    {
        var m = gain.Length;
        var scale = 0.0;
        for (var i = 0; i < m; i++) scale = Math.Max(scale, gram[i * m + i]);
        if (scale == 0) return false;
        var (best, found, tolerance) = (double.NegativeInfinity, false, 1e-9 * scale);
        for (var chosen = 0; chosen < 1 << (2 * m); chosen++)
        {
            // A corner: m - 1 of the m signs and m bounds are equalities, with the sum of the weights.
            if (System.Numerics.BitOperations.PopCount((uint)chosen) != m - 1) continue;
            var (matrix, corner, row, infinite) = (new double[m, m], new double[m], 0, false);
            for (var c = 0; c < 2 * m; c++)
            {
                if ((chosen >> c & 1) == 0) continue;
                infinite |= c >= m && double.IsNegativeInfinity(bounds[c - m]);
                for (var j = 0; j < m; j++) matrix[row, j] = c < m ? (c == j ? 1 : 0) : gram[(c - m) * m + j] / scale;
                corner[row++] = c < m ? 0 : bounds[c - m] / scale;
            }

            if (infinite) continue;
            for (var j = 0; j < m; j++) matrix[m - 1, j] = 1;
            corner[m - 1] = 1;
            if (!LinearEquations.Solve(matrix, corner)) continue;
            var (feasible, value) = (true, 0.0);
            for (var i = 0; i < m && feasible; i++)
            {
                feasible = corner[i] >= -1e-9 && MinimumNormPoint.RowProduct(gram, i, corner) >= bounds[i] - tolerance;
                value += gain[i] * corner[i];
            }

            if (!feasible || !(value > best)) continue;
            (best, found) = (value, true);
            for (var i = 0; i < m; i++) weights[i] = Math.Max(0, corner[i]);
        }

        return found;
    }

    private double[] Shares(ReadOnlySpan<double> losses)
    {
        if (losses.Length != preferences.Length) throw new ArgumentException($"There are {losses.Length} losses for {preferences.Length} preferences.", nameof(losses));
        var (shares, sum) = (new double[losses.Length], 0.0);
        for (var j = 0; j < shares.Length; j++)
        {
            if (!(losses[j] >= 0 && double.IsFinite(losses[j]))) throw new ArgumentException($"Loss {j} is {losses[j]}; it must be at least 0 and finite.", nameof(losses));
            sum += shares[j] = preferences[j] * losses[j];
        }

        if (sum == 0) throw new ArgumentException("All losses are 0: there is no ratio between them.", nameof(losses));
        for (var j = 0; j < shares.Length; j++) shares[j] /= sum;
        return shares;
    }
}
