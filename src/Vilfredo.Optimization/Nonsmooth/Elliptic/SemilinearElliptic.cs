using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.Nonsmooth.Elliptic;

/// <summary>
/// The state equation -Laplace y + kappa max(0, y) = f on the unit square, y = 0 on its boundary (the model problem of M.
/// Bernreuther, G. Mueller and S. Volkwein, Efficient scalarization in multiobjective optimal control of a nonsmooth PDE,
/// Computational Optimization and Applications 2022), by five-point differences on N x N inner points of mesh width h = 1/(N+1).
/// </summary>
/// <remarks>
/// Solved by semismooth Newton steps, each one banded Cholesky factorisation, O(N^4). The operator is strongly monotone, so that
/// the solution is unique; the steps end exactly as soon as the set where y is above 0 repeats. Functions on the grid have the
/// inner product h^2 x'y.
/// </remarks>
public sealed class SemilinearElliptic
{
    private const int MaximumSteps = 100;
    private const double Tolerance = 1e-12;
    private readonly int side;
    private BandedCholesky? laplacian;

    /// <summary>Creates the equation.</summary>
    /// <param name="points">N, the inner grid points of a side, at least 1.</param>
    /// <param name="kappa">At least 0: the operator would not be monotone below.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not so.</exception>
    public SemilinearElliptic(int points, double kappa)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        if (!(kappa >= 0 && double.IsFinite(kappa))) throw new ArgumentOutOfRangeException(nameof(kappa), kappa, "Kappa must be at least 0 and finite.");
        (side, Kappa, Step) = (points, kappa, 1.0 / (points + 1));
    }

    /// <summary>The factor of max(0, y).</summary>
    public double Kappa { get; }

    /// <summary>h, the mesh width.</summary>
    public double Step { get; }

    /// <summary>N x N, the number of unknowns.</summary>
    public int Unknowns => side * side;

    /// <summary>A function at the grid points, row by row.</summary>
    /// <param name="function">Of the coordinates x1 (along a row) and x2, both between 0 and 1.</param>
    public double[] OnGrid(Func<double, double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var values = new double[Unknowns];
        for (var i = 0; i < values.Length; i++) values[i] = function((i % side + 1) * Step, (i / side + 1) * Step);
        return values;
    }

    /// <summary>h^2 x'y, the inner product of two functions on the grid.</summary>
    public double InnerProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Step * Step * DenseVectors.Dot(x, y);

    /// <summary>The root of h^2 y'A y, the energy norm.</summary>
    public double EnergyNorm(ReadOnlySpan<double> y)
    {
        var product = new double[Unknowns];
        Laplacian(y, product);
        return Math.Sqrt(Math.Max(0, InnerProduct(y, product)));
    }

    /// <summary>Solves the equation.</summary>
    /// <param name="source">f at the grid points.</param>
    /// <param name="start">A first guess; empty for 0.</param>
    /// <exception cref="ArgumentException">A length does not fit, or a value is not finite.</exception>
    /// <exception cref="InvalidOperationException">The steps did not end.</exception>
    public EllipticState Solve(ReadOnlySpan<double> source, ReadOnlySpan<double> start = default)
    {
        Check(source, nameof(source));
        if (!start.IsEmpty) Check(start, nameof(start));
        var (y, residual) = (new double[Unknowns], new double[Unknowns]);
        start.CopyTo(y);
        var small = Tolerance * Math.Max(1, Math.Sqrt(DenseVectors.Dot(source, source)));
        var norms = new List<double> { Residual(y, source, residual) };
        while (norms[^1] > small)
        {
            if (norms.Count > MaximumSteps) throw new InvalidOperationException($"{MaximumSteps} Newton steps did not solve the state equation; the last residuals are {norms[^2]} and {norms[^1]}, so the active sets repeat in a cycle.");
            var active = Active(y);
            Factor(y, SubgradientChoice.Zero).Solve(residual);
            for (var i = 0; i < y.Length; i++) y[i] -= residual[i];
            norms.Add(Residual(y, source, residual));
            if (active.AsSpan().SequenceEqual(Active(y))) break;
        }

        return new EllipticState(y, norms.Count - 1, norms);
    }

    /// <summary>Solves the linearised equation (A + kappa 1[y > 0]) p = right, which is the adjoint's too.</summary>
    /// <param name="state">y.</param>
    /// <param name="right">The right side; overwritten with p.</param>
    /// <param name="choice">The derivative where y is 0.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void SolveLinearized(ReadOnlySpan<double> state, Span<double> right, SubgradientChoice choice = SubgradientChoice.Zero)
    {
        Check(state, nameof(state));
        Check(right, nameof(right));
        Factor(state, choice).Solve(right);
    }

    /// <summary>The measure of the set where |y| is below the tolerance: where it is not small, subgradients of several choices differ.</summary>
    public double ZeroMeasure(ReadOnlySpan<double> state, double tolerance)
    {
        var count = 0;
        foreach (var value in state) count += Math.Abs(value) < tolerance ? 1 : 0;
        return count * Step * Step;
    }

    /// <summary>
    /// Bounds the distance of any function from the solution in the energy norm by its residual R: the root of h^2 R'A^-1 R. It
    /// holds because the operator is strongly monotone with constant 1 in that norm. One solution with a factor that is kept.
    /// </summary>
    /// <param name="guess">Any function on the grid.</param>
    /// <param name="source">f.</param>
    public double ErrorBound(ReadOnlySpan<double> guess, ReadOnlySpan<double> source)
    {
        Check(guess, nameof(guess));
        Check(source, nameof(source));
        var residual = new double[Unknowns];
        Residual(guess, source, residual);
        return DualNorm(residual);
    }

    /// <summary>The root of h^2 R'A^-1 R.</summary>
    internal double DualNorm(ReadOnlySpan<double> residual)
    {
        var solved = residual.ToArray();
        laplacian ??= new BandedCholesky(Band(_ => 0), side);
        laplacian.Solve(solved);
        return Math.Sqrt(Math.Max(0, InnerProduct(residual, solved)));
    }

    /// <summary>Writes A y, the five-point Laplacian with the sign that makes it positive.</summary>
    internal void Laplacian(ReadOnlySpan<double> y, Span<double> result)
    {
        var scale = 1 / (Step * Step);
        for (var i = 0; i < y.Length; i++)
        {
            var (column, sum) = (i % side, 4 * y[i]);
            if (column > 0) sum -= y[i - 1];
            if (column < side - 1) sum -= y[i + 1];
            if (i >= side) sum -= y[i - side];
            if (i + side < y.Length) sum -= y[i + side];
            result[i] = scale * sum;
        }
    }

    /// <summary>Factors A + kappa diag(derivative of the maximum at y).</summary>
    internal BandedCholesky Factor(ReadOnlySpan<double> y, SubgradientChoice choice)
    {
        var atZero = choice switch { SubgradientChoice.Zero => 0.0, SubgradientChoice.Half => 0.5, _ => 1.0 };
        var values = y.ToArray();
        return new BandedCholesky(Band(i => Kappa * (values[i] > 0 ? 1 : values[i] < 0 ? 0 : atZero)), side);
    }

    internal static bool[] Active(ReadOnlySpan<double> y)
    {
        var active = new bool[y.Length];
        for (var i = 0; i < active.Length; i++) active[i] = y[i] > 0;
        return active;
    }

    private double[] Band(Func<int, double> diagonal)
    {
        var (width, scale) = (side + 1, 1 / (Step * Step));
        var band = new double[Unknowns * width];
        for (var i = 0; i < Unknowns; i++)
        {
            band[i * width + side] = 4 * scale + diagonal(i);
            if (i % side > 0) band[i * width + side - 1] -= scale;
            if (i >= side) band[i * width] -= scale;
        }

        return band;
    }

    private double Residual(ReadOnlySpan<double> y, ReadOnlySpan<double> source, Span<double> residual)
    {
        Laplacian(y, residual);
        for (var i = 0; i < y.Length; i++) residual[i] += Kappa * Math.Max(0, y[i]) - source[i];
        return Math.Sqrt(DenseVectors.Dot(residual, residual));
    }

    private void Check(ReadOnlySpan<double> values, string parameter)
    {
        if (values.Length != Unknowns) throw new ArgumentException($"There are {values.Length} values; the grid has {side} x {side} points.", parameter);
        foreach (var value in values)
        {
            if (!double.IsFinite(value)) throw new ArgumentException($"A value is {value}; values on the grid must be finite.", parameter);
        }
    }
}
