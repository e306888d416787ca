namespace Vilfredo.Optimization.Gradients;

/// <summary>
/// The sub-problem of some of the objectives. Its Pareto-critical points are critical for all objectives too (the others have weight 0): the
/// sub-problems with one objective less contain the boundary of the Pareto-critical set.
/// </summary>
/// <remarks>All objectives are evaluated. Not thread-safe.</remarks>
public sealed class ObjectiveSubset : IDifferentiableObjectives
{
    private readonly IDifferentiableObjectives all;
    private readonly int[] indices;
    private readonly double[] values, gradients;

    /// <summary>Creates the sub-problem.</summary>
    /// <param name="all">All objectives.</param>
    /// <param name="indices">Which of them, at least one, in the wanted order, none twice.</param>
    /// <exception cref="ArgumentException">There is no index, one is out of range, or one occurs twice.</exception>
    public ObjectiveSubset(IDifferentiableObjectives all, params IReadOnlyList<int> indices)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(indices);
        if (indices.Count == 0 || indices.Distinct().Count() != indices.Count || indices.Any(index => index < 0 || index >= all.Objectives))
            throw new ArgumentException($"The indices are {string.Join(", ", indices)}; there must be at least one, each from 0 to {all.Objectives - 1} and none twice.", nameof(indices));
        (this.all, this.indices) = (all, [.. indices]);
        (values, gradients) = (new double[all.Objectives], new double[all.Objectives * all.Variables]);
    }

    /// <inheritdoc/>
    public int Variables => all.Variables;

    /// <inheritdoc/>
    public int Objectives => indices.Length;

    /// <inheritdoc/>
    public int Revision => all.Revision;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> x, Span<double> values, Span<double> gradients)
    {
        all.Evaluate(x, this.values, this.gradients);
        var n = all.Variables;
        for (var i = 0; i < indices.Length; i++)
        {
            values[i] = this.values[indices[i]];
            this.gradients.AsSpan(indices[i] * n, n).CopyTo(gradients[(i * n)..]);
        }
    }
}
