namespace Vilfredo.Inference.Strategies.Search.Trees;

/// <summary>Systematic resampling: draws in proportion to weights whose numbers differ from their expectations by less than one.</summary>
public static class SystematicResampling
{
    /// <summary>Draws places in proportion to weights, with one uniform number: place i is drawn ⌊n·wᵢ/Σw⌋ or ⌈n·wᵢ/Σw⌉ times.</summary>
    /// <param name="weights">At least 0 each, with a positive sum.</param>
    /// <param name="count">n, the number of draws.</param>
    /// <param name="uniform">A uniform number in [0, 1).</param>
    public static IReadOnlyList<int> Draw(IReadOnlyList<double> weights, int count, double uniform)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var total = weights.Sum();
        if (!(total > 0) || !double.IsFinite(total))
            throw new ArgumentException($"The weights have the sum {total}; it must be positive and finite.", nameof(weights));
        var drawn = new List<int>(count);
        var (place, until) = (0, weights[0] * count / total);
        for (var draw = 0; draw < count; draw++)
        {
            // Rounding must not run past the last weight.
            while (until <= draw + uniform && place < weights.Count - 1)
                until += weights[++place] * count / total;
            drawn.Add(place);
        }

        return drawn;
    }
}
