using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.GaussianProcesses;

/// <summary>
/// One function drawn from the posterior, cheap to evaluate anywhere: a prior function of random Fourier features, corrected by
/// the kernel so that it agrees with the points (Wilson et al., "Pathwise conditioning of Gaussian processes", JMLR 22, 2021).
/// </summary>
/// <remarks>
/// On the standardised scale. The frequencies of the kernel of smoothness 5/2 follow a multivariate t distribution with five
/// degrees of freedom; categories enter as a one-hot code. O(features · variables + points · variables) per evaluation.
/// </remarks>
internal sealed class PosteriorPath
{
    private const int Features = 512;

    private readonly KernelSystem system;
    private readonly double[][] frequencies; // per feature: per numeric variable the frequency, per category its phase
    private readonly int[] offsets;
    private readonly bool[] isCategorical;
    private readonly double[] phases;
    private readonly double[] amplitudes;
    private readonly double[] coefficients;
    private readonly double[] kernel;
    private readonly double[] derivatives;

    /// <summary>Draws a function.</summary>
    public PosteriorPath(GaussianProcess process, RandomGenerator random)
    {
        system = process.System;
        isCategorical = process.Scaling.IsCategorical;
        var variables = process.Space.Variables;
        offsets = new int[variables.Length];
        var width = 0;
        for (var j = 0; j < variables.Length; j++)
        {
            offsets[j] = width;
            width += isCategorical[j] ? (int)variables[j].Upper + 1 : 1;
        }

        var scales = process.Parameters.LengthScales;
        frequencies = new double[Features][];
        phases = new double[Features];
        amplitudes = new double[Features];
        for (var i = 0; i < Features; i++)
        {
            var chiSquared = 0.0;
            for (var k = 0; k < 5; k++)
            {
                var normal = random.NextNormal();
                chiSquared += normal * normal;
            }

            var row = frequencies[i] = new double[width];
            var stretch = Math.Sqrt(5 / chiSquared);
            for (var j = 0; j < variables.Length; j++)
            {
                // Two one-hot codes are sqrt(2) apart, where the kernel has 1.
                var scale = isCategorical[j] ? Math.Sqrt(2) * scales[j] : scales[j];
                var end = j + 1 < variables.Length ? offsets[j + 1] : width;
                for (var k = offsets[j]; k < end; k++) row[k] = stretch * random.NextNormal() / scale;
            }

            phases[i] = 2 * Math.PI * random.NextDouble();
            amplitudes[i] = Math.Sqrt(2 * process.Parameters.SignalVariance / Features) * random.NextNormal();
        }

        var d = variables.Length;
        kernel = new double[process.Count];
        derivatives = new double[process.Count];
        coefficients = process.Targets.ToArray();
        var noise = Math.Sqrt(process.Parameters.NoiseVariance);
        for (var i = 0; i < coefficients.Length; i++)
            coefficients[i] -= Prior(system.Rows.AsSpan(i * d, d), default) + noise * random.NextNormal();
        system.Solve(coefficients);
    }

    /// <summary>The function's value at a scaled point; its gradient is added to <paramref name="gradient"/> after that was cleared.</summary>
    public double Evaluate(ReadOnlySpan<double> unit, Span<double> gradient)
    {
        gradient.Clear();
        system.Kernel.Evaluate(unit, system.Rows, kernel, derivatives);
        if (!gradient.IsEmpty) system.Kernel.AddGradient(unit, system.Rows, coefficients, derivatives, gradient);
        return Prior(unit, gradient) + DenseVectors.Dot(kernel, coefficients);
    }

    private double Prior(ReadOnlySpan<double> unit, Span<double> gradient)
    {
        var sum = 0.0;
        for (var i = 0; i < Features; i++)
        {
            var row = frequencies[i];
            var angle = phases[i];
            for (var j = 0; j < unit.Length; j++)
                angle += isCategorical[j] ? row[offsets[j] + (int)unit[j]] : row[offsets[j]] * unit[j];
            if (gradient.IsEmpty)
            {
                sum += amplitudes[i] * Math.Cos(angle);
                continue;
            }

            var (sine, cosine) = Math.SinCos(angle);
            sum += amplitudes[i] * cosine;
            for (var j = 0; j < unit.Length; j++)
            {
                if (!isCategorical[j]) gradient[j] -= amplitudes[i] * sine * row[offsets[j]];
            }
        }

        return sum;
    }
}
