namespace Vilfredo.Optimization.GaussianProcesses;

/// <summary>
/// The Matern kernel of smoothness 5/2 with a length scale per variable: k = s (1 + q + q^2/3) exp(-q), q = sqrt(5) r.
/// </summary>
/// <remarks>
/// A categorical variable adds 1/l^2 to r^2 when two points differ in it, which is the squared distance of a one-hot code up
/// to a factor, so that the kernel stays positive definite. Source: Rasmussen and Williams 2006, equation 4.17.
/// </remarks>
internal sealed class MaternKernel
{
    private static readonly double SqrtFive = Math.Sqrt(5);

    private readonly double[] weights; // 1 / l^2
    private readonly bool[] isCategorical;
    private readonly double signal;

    public MaternKernel(GaussianProcessParameters parameters, bool[] isCategorical)
    {
        weights = [.. parameters.LengthScales.Select(l => 1 / (l * l))];
        this.isCategorical = isCategorical;
        signal = parameters.SignalVariance;
    }

    public double Signal => signal;

    /// <summary>The kernel between a point and each row, and its derivative by r^2 where asked for.</summary>
    public void Evaluate(ReadOnlySpan<double> point, ReadOnlySpan<double> rows, Span<double> values, Span<double> derivatives = default)
    {
        var d = point.Length;
        for (int i = 0, at = 0; at < rows.Length; i++, at += d)
        {
            var square = 0.0;
            var row = rows.Slice(at, d);
            for (var j = 0; j < row.Length; j++)
            {
                var difference = point[j] - row[j];
                square += isCategorical[j] ? (difference != 0 ? weights[j] : 0) : difference * difference * weights[j];
            }

            values[i] = signal * OfSquare(square, out var derivative);
            if (!derivatives.IsEmpty) derivatives[i] = signal * derivative;
        }
    }

    /// <summary>Adds the gradient by the point of the sum of coefficients times kernels.</summary>
    /// <param name="point">The point.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="coefficients">One per row.</param>
    /// <param name="derivatives">The kernel's derivatives by r^2 at the rows.</param>
    /// <param name="gradient">One element per variable; categorical ones stay.</param>
    public void AddGradient(
        ReadOnlySpan<double> point, ReadOnlySpan<double> rows, ReadOnlySpan<double> coefficients, ReadOnlySpan<double> derivatives, Span<double> gradient)
    {
        var d = point.Length;
        for (var i = 0; i < coefficients.Length; i++)
        {
            var row = rows.Slice(i * d, d);
            var factor = 2 * coefficients[i] * derivatives[i];
            for (var j = 0; j < row.Length; j++)
            {
                if (!isCategorical[j]) gradient[j] += factor * (point[j] - row[j]) * weights[j];
            }
        }
    }

    /// <summary>The kernel of unit variance at a squared distance, and its derivative by it.</summary>
    public static double OfSquare(double square, out double derivative)
    {
        var q = SqrtFive * Math.Sqrt(square);
        var decay = Math.Exp(-q);
        derivative = -5.0 / 6 * (1 + q) * decay;
        return (1 + q + q * q / 3) * decay;
    }
}
