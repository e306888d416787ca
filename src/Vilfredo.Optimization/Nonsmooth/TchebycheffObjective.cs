namespace Vilfredo.Optimization.Nonsmooth;

/// <summary>
/// The largest of several objectives' weighted distances from a reference point. Its minima for all weights above 0 are the weakly
/// Pareto-optimal points, those of fronts that are not convex too. It is the problem of Pascoletti and Serafini, min t with f - a
/// at most t r, for a the reference and r = 1 / weight.
/// </summary>
public sealed class TchebycheffObjective : ILipschitzObjective
{
    private readonly ILipschitzObjective[] objectives;
    private readonly double[] weights, reference;

    /// <summary>Creates the function.</summary>
    /// <param name="objectives">m objectives, at least one.</param>
    /// <param name="weights">m weights above 0.</param>
    /// <param name="reference">m values, usually at or below the best of each objective.</param>
    /// <exception cref="ArgumentException">The numbers differ, or a value is not so.</exception>
    public TchebycheffObjective(IReadOnlyList<ILipschitzObjective> objectives, IReadOnlyList<double> weights, IReadOnlyList<double> reference)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(reference);
        if (objectives.Count == 0 || weights.Count != objectives.Count || reference.Count != objectives.Count)
            throw new ArgumentException($"There are {objectives.Count} objectives, {weights.Count} weights and {reference.Count} reference values; there must be as many of each, at least one.");
        if (!weights.All(w => w > 0 && double.IsFinite(w)) || !reference.All(double.IsFinite))
            throw new ArgumentException($"The weights are {string.Join(", ", weights)} and the reference {string.Join(", ", reference)}; weights must be above 0, all values finite.");
        (this.objectives, this.weights, this.reference) = ([.. objectives], [.. weights], [.. reference]);
    }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<double> x) => Largest(x).Value;

    /// <inheritdoc/>
    public void Subgradient(ReadOnlySpan<double> x, Span<double> subgradient)
    {
        var index = Largest(x).Index;
        objectives[index].Subgradient(x, subgradient);
        for (var j = 0; j < subgradient.Length; j++) subgradient[j] *= weights[index];
    }

    private (int Index, double Value) Largest(ReadOnlySpan<double> x)
    {
        var (index, most) = (0, double.NegativeInfinity);
        for (var i = 0; i < objectives.Length; i++)
        {
            var value = weights[i] * (objectives[i].Value(x) - reference[i]);
            if (value > most) (index, most) = (i, value);
        }

        return (index, most);
    }
}
