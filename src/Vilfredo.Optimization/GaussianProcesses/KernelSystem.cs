namespace Vilfredo.Optimization.GaussianProcesses;

/// <summary>Observed points with the factor of their covariance matrix, noise included.</summary>
internal sealed class KernelSystem
{
    private const double LeastPivot = 1e-10; // relative to the signal

    private readonly CholeskyFactor factor;

    /// <summary>The system of scaled rows that share one noise variance.</summary>
    public KernelSystem(MaternKernel kernel, int dimension, double[] rows, double noise)
        : this(kernel, dimension, rows, new CholeskyFactor(LeastPivot * kernel.Signal)) => Append(0, noise);

    private KernelSystem(MaternKernel kernel, int dimension, double[] rows, CholeskyFactor factor)
    {
        Kernel = kernel;
        Dimension = dimension;
        Rows = rows;
        this.factor = factor;
    }

    public MaternKernel Kernel { get; }

    public int Dimension { get; }

    public double[] Rows { get; }

    public int Count => factor.Count;

    public CholeskyFactor Factor => factor;

    /// <summary>The system with further rows, whose noise may differ.</summary>
    public KernelSystem With(ReadOnlySpan<double> further, double noise)
    {
        var extended = new KernelSystem(Kernel, Dimension, [.. Rows, .. further], factor.Fork());
        extended.Append(Count, noise);
        return extended;
    }

    /// <summary>Solves for the coefficients of the posterior mean.</summary>
    public void Solve(Span<double> targets)
    {
        factor.SolveLower(targets);
        factor.SolveUpper(targets);
    }

    private void Append(int from, double noise)
    {
        var n = Rows.Length / Dimension;
        for (var i = from; i < n; i++)
        {
            var row = new double[i + 1];
            Kernel.Evaluate(Rows.AsSpan(i * Dimension, Dimension), Rows.AsSpan(0, i * Dimension), row);
            row[i] = Kernel.Signal + noise;
            factor.Append(row);
        }
    }
}
