using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.GaussianProcesses;

/// <summary>
/// The negative logarithm of marginal likelihood times prior as a function of the logarithms of the hyperparameters, with its
/// gradient (Rasmussen and Williams 2006, equations 5.8 and 5.9), and its minimum.
/// </summary>
/// <remarks>
/// Priors: length scales log-normal with location log(d)/2 and scale sqrt(3), which grow with the dimension as those of Hvarfner,
/// Hellsten and Nardi, ICML 2024, without their further sqrt(2): with it, noise could hide that a variable matters;
/// the signal's variance log-normal (0, 1); the noise's log-normal (-8, 3). O(n^3 + n^2 d) per evaluation.
/// </remarks>
internal sealed class MarginalLikelihood
{
    private const double NoiseLocation = -8;
    private const double NoiseScale = 3;

    private readonly bool[] isCategorical;
    private readonly double[] rows;
    private readonly double[] targets;
    private readonly double[] squares; // per pair i > k, the squared difference in each variable
    private readonly double? givenNoise;

    /// <summary>Creates the function.</summary>
    /// <param name="rows">Scaled points.</param>
    /// <param name="targets">Standardised values.</param>
    /// <param name="isCategorical">Per variable.</param>
    /// <param name="givenNoise">The noise variance on the standardised scale, when it is known.</param>
    public MarginalLikelihood(double[] rows, double[] targets, bool[] isCategorical, double? givenNoise)
    {
        (this.rows, this.targets, this.isCategorical, this.givenNoise) = (rows, targets, isCategorical, givenNoise);
        var (n, d) = (targets.Length, isCategorical.Length);
        squares = new double[(long)n * (n - 1) / 2 * d];
        var at = 0;
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++)
            {
                for (var j = 0; j < d; j++)
                {
                    var difference = rows[i * d + j] - rows[k * d + j];
                    squares[at++] = isCategorical[j] ? (difference != 0 ? 1 : 0) : difference * difference;
                }
            }
        }
    }

    /// <summary>The number of free hyperparameters: length scales, signal, and noise unless it is given.</summary>
    public int Count => isCategorical.Length + (givenNoise is null ? 2 : 1);

    private int Dimension => isCategorical.Length;

    private double LengthLocation => 0.5 * Math.Log(Dimension);

    /// <summary>The parameters of a vector of logarithms.</summary>
    public GaussianProcessParameters Parameters(ReadOnlySpan<double> logarithms)
    {
        var scales = new double[Dimension];
        for (var j = 0; j < scales.Length; j++) scales[j] = Math.Exp(logarithms[j]);
        return new()
        {
            LengthScales = scales,
            SignalVariance = Math.Exp(logarithms[Dimension]),
            NoiseVariance = givenNoise ?? Math.Exp(logarithms[Dimension + 1]),
        };
    }

    /// <summary>The parameters of highest posterior density, by local search from fixed starts.</summary>
    public GaussianProcessParameters Fit(int iterations)
    {
        var lower = new double[Count];
        var upper = new double[Count];
        for (var j = 0; j < Dimension; j++) (lower[j], upper[j]) = (Math.Log(0.01), Math.Log(200));
        (lower[Dimension], upper[Dimension]) = (Math.Log(0.02), Math.Log(50));
        if (givenNoise is null) (lower[^1], upper[^1]) = (Math.Log(1e-6), Math.Log(2));

        double[]? best = null;
        var bestValue = double.PositiveInfinity;
        foreach (var (length, noise) in Starts())
        {
            var x = new double[Count];
            x.AsSpan(0, Dimension).Fill(Math.Log(length));
            if (givenNoise is null) x[^1] = Math.Log(noise);
            var value = BoxedBfgs.Minimize(Evaluate, x, lower, upper, iterations, 1e-3);
            if (best is not null && !(value < bestValue)) continue;
            (best, bestValue) = (x, value);
        }

        return Parameters(best!);
    }

    // Few points leave room for several explanations; many leave one.
    private IEnumerable<(double Length, double Noise)> Starts()
    {
        yield return (0.5 * Math.Sqrt(Dimension), 1e-3);
        if (targets.Length <= 60) yield return (0.2, 1e-2);
    }

    /// <summary>The function and its gradient.</summary>
    public double Evaluate(ReadOnlySpan<double> logarithms, Span<double> gradient)
    {
        var (n, d) = (targets.Length, Dimension);
        var parameters = Parameters(logarithms);
        var weights = new double[d];
        for (var j = 0; j < d; j++) weights[j] = 1 / (parameters.LengthScales[j] * parameters.LengthScales[j]);
        var signal = parameters.SignalVariance;
        var factor = new CholeskyFactor(1e-10 * signal);
        var derivatives = new double[n][];
        var unit = new double[n][]; // the kernel of unit variance
        for (int i = 0, at = 0; i < n; i++)
        {
            derivatives[i] = new double[i];
            unit[i] = new double[i];
            var row = new double[i + 1];
            for (var k = 0; k < i; k++, at += d)
            {
                unit[i][k] = MaternKernel.OfSquare(DenseVectors.Dot(weights, squares.AsSpan(at, d)), out derivatives[i][k]);
                row[k] = signal * unit[i][k];
            }

            row[i] = signal + parameters.NoiseVariance;
            factor.Append(row);
        }

        var solved = (double[])targets.Clone();
        factor.SolveLower(solved);
        factor.SolveUpper(solved);
        var value = 0.5 * DenseVectors.Dot(targets, solved) + factor.HalfLogDeterminant() + 0.5 * n * Math.Log(2 * Math.PI);

        // d value / d theta = -1/2 tr((a a^T - K^-1) dK / d theta); off-diagonal elements count twice.
        var inverse = factor.Inverse();
        gradient.Clear();
        var (bySignal, trace) = (0.0, 0.0);
        var byLength = new double[d];
        for (int i = 0, at = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++, at += d)
            {
                var w = solved[i] * solved[k] - inverse[i][k];
                bySignal += 2 * w * unit[i][k];
                var factorOfSquares = 2 * w * derivatives[i][k];
                var pair = squares.AsSpan(at, d);
                for (var j = 0; j < pair.Length; j++) byLength[j] += factorOfSquares * pair[j];
            }

            trace += solved[i] * solved[i] - inverse[i][i];
        }

        for (var j = 0; j < d; j++)
        {
            // d r^2 / d log l = -2 times the variable's share of r^2.
            gradient[j] = -0.5 * signal * byLength[j] * -2 * weights[j];
            value += Prior(logarithms[j], LengthLocation, Math.Sqrt(3), ref gradient[j]);
        }

        gradient[d] = -0.5 * signal * (bySignal + trace);
        value += Prior(logarithms[d], 0, 1, ref gradient[d]);
        if (givenNoise is null)
        {
            gradient[d + 1] = -0.5 * trace * parameters.NoiseVariance;
            value += Prior(logarithms[d + 1], NoiseLocation, NoiseScale, ref gradient[d + 1]);
        }

        return value;
    }

    private static double Prior(double logarithm, double location, double scale, ref double gradient)
    {
        var z = (logarithm - location) / scale;
        gradient += z / scale;
        return 0.5 * z * z;
    }
}
