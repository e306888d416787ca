namespace Vilfredo.Optimization.Nonsmooth;

/// <summary>The largest of several smooth functions; its subgradient is the gradient of the first that attains it.</summary>
public sealed class MaximumOfSmooth : ILipschitzObjective
{
    private readonly Func<double[], double>[] values;
    private readonly Func<double[], double[]>[] gradients;

    /// <summary>Creates the function from its pieces.</summary>
    /// <param name="pieces">Each piece and its gradient, at least one.</param>
    /// <exception cref="ArgumentException">There is no piece.</exception>
    public MaximumOfSmooth(params IReadOnlyList<(Func<double[], double> Value, Func<double[], double[]> Gradient)> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        if (pieces.Count == 0) throw new ArgumentException("A maximum needs at least one piece.", nameof(pieces));
        values = [.. pieces.Select(piece => piece.Value)];
        gradients = [.. pieces.Select(piece => piece.Gradient)];
    }

    /// <inheritdoc/>
    public double Value(ReadOnlySpan<double> x)
    {
        var point = x.ToArray();
        return values.Max(value => value(point));
    }

    /// <inheritdoc/>
    public void Subgradient(ReadOnlySpan<double> x, Span<double> subgradient)
    {
        var point = x.ToArray();
        var (largest, most) = (0, double.NegativeInfinity);
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i](point);
            if (value > most) (largest, most) = (i, value);
        }

        gradients[largest](point).CopyTo(subgradient);
    }
}
