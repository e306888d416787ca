using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.GaussianProcesses;

/// <summary>The posterior at one point after another, with gradients, in memory that is reused.</summary>
internal sealed class PointPosterior(KernelSystem system)
{
    private readonly double[] kernel = new double[system.Count];
    private readonly double[] derivatives = new double[system.Count];
    private readonly double[] solved = new double[system.Count];
    private readonly double[] point = new double[system.Dimension];

    /// <summary>The covariance of the point with each row.</summary>
    public ReadOnlySpan<double> Kernel => kernel;

    /// <summary>The variance of the function at the point.</summary>
    public double Variance { get; private set; }

    /// <summary>Moves to a scaled point.</summary>
    public void MoveTo(ReadOnlySpan<double> unit)
    {
        unit.CopyTo(point);
        system.Kernel.Evaluate(unit, system.Rows, kernel, derivatives);
        kernel.CopyTo(solved, 0);
        system.Factor.SolveLower(solved);
        Variance = Math.Max(system.Kernel.Signal - DenseVectors.Dot(solved, solved), 0);
    }

    /// <summary>The sum of coefficients times covariances: the mean, when the coefficients are the solved targets.</summary>
    public double Mean(ReadOnlySpan<double> coefficients) => DenseVectors.Dot(kernel, coefficients);

    /// <summary>Adds the gradient of <paramref name="byVariance"/> times the variance and of a sum of coefficients times covariances.</summary>
    /// <remarks>Once after each move; the coefficients are overwritten.</remarks>
    public void AddGradient(Span<double> coefficients, double byVariance, Span<double> gradient)
    {
        if (byVariance != 0 && Variance > 0)
        {
            system.Factor.SolveUpper(solved);
            DenseVectors.AddScaled(-2 * byVariance, solved, coefficients);
        }

        system.Kernel.AddGradient(point, system.Rows, coefficients, derivatives, gradient);
    }
}
