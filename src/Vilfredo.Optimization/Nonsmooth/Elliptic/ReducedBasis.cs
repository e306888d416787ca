using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.Nonsmooth.Elliptic;

/// <summary>
/// The state equation on a small space of functions (proper orthogonal decomposition of states, L. Sirovich, Quarterly of Applied
/// Mathematics 45, 1987): Galerkin's equations, solved by semismooth Newton steps, the maximum being taken at all grid points.
/// </summary>
/// <remarks>
/// A state is O(N^2 r^2) per step instead of O(N^4). Its error in the energy norm is bounded by <see cref="SemilinearElliptic.ErrorBound"/>.
/// </remarks>
public sealed class ReducedBasis
{
    private const int MaximumSteps = 100;
    private readonly double[][] modes; // orthonormal in the Euclidean sense
    private readonly double[,] operators;

    private ReducedBasis(SemilinearElliptic equation, double[][] modes)
    {
        (Equation, this.modes) = (equation, modes);
        operators = new double[modes.Length, modes.Length];
        var image = new double[equation.Unknowns];
        for (var l = 0; l < modes.Length; l++)
        {
            equation.Laplacian(modes[l], image);
            for (var k = 0; k < modes.Length; k++) operators[k, l] = DenseVectors.Dot(modes[k], image);
        }
    }

    /// <summary>The full equation.</summary>
    public SemilinearElliptic Equation { get; }

    /// <summary>r, the number of modes.</summary>
    public int Modes => modes.Length;

    /// <summary>The leading modes of some states: the space nearest to them in the mean square.</summary>
    /// <param name="equation">The full equation.</param>
    /// <param name="snapshots">States, at least one that is not 0.</param>
    /// <param name="modes">The most modes; fewer when the states depend on each other.</param>
    /// <exception cref="ArgumentException">There is no state, all are 0, or a length does not fit.</exception>
    public static ReducedBasis FromSnapshots(SemilinearElliptic equation, IReadOnlyList<IReadOnlyList<double>> snapshots, int modes)
    {
        ArgumentNullException.ThrowIfNull(equation);
        ArgumentNullException.ThrowIfNull(snapshots);
        ArgumentOutOfRangeException.ThrowIfLessThan(modes, 1);
        if (snapshots.Any(snapshot => snapshot.Count != equation.Unknowns)) throw new ArgumentException($"A snapshot has not the {equation.Unknowns} values of the grid.", nameof(snapshots));
        var states = snapshots.Select(snapshot => snapshot.ToArray()).ToArray();
        var gram = new double[states.Length, states.Length];
        for (var i = 0; i < states.Length; i++)
        {
            for (var j = 0; j < states.Length; j++) gram[i, j] = DenseVectors.Dot(states[i], states[j]);
        }

        var vectors = SymmetricEigen.Solve(gram);
        var basis = new List<double[]>();
        foreach (var k in Enumerable.Range(0, states.Length).OrderByDescending(k => gram[k, k]).Take(modes))
        {
            var mode = new double[equation.Unknowns];
            for (var i = 0; i < states.Length; i++) DenseVectors.AddScaled(vectors[i, k], states[i], mode);
            Append(basis, mode, states.Max(state => DenseVectors.Dot(state, state)));
        }

        if (basis.Count == 0) throw new ArgumentException("There must be a snapshot that is not 0.", nameof(snapshots));
        return new ReducedBasis(equation, [.. basis]);
    }

    /// <summary>The space with one more state; the same when the state lies in it already, up to rounding.</summary>
    /// <param name="snapshot">A state of the full equation.</param>
    public ReducedBasis With(ReadOnlySpan<double> snapshot)
    {
        if (snapshot.Length != Equation.Unknowns) throw new ArgumentException($"The snapshot has {snapshot.Length} values; the grid has {Equation.Unknowns}.", nameof(snapshot));
        var basis = modes.ToList();
        Append(basis, snapshot.ToArray(), DenseVectors.Dot(snapshot, snapshot));
        return new ReducedBasis(Equation, [.. basis]);
    }

    /// <summary>Solves Galerkin's equations.</summary>
    /// <param name="source">f at the grid points.</param>
    /// <returns>The state at the grid points.</returns>
    /// <exception cref="InvalidOperationException">The Newton steps did not end.</exception>
    public double[] Solve(ReadOnlySpan<double> source)
    {
        var (coefficients, y) = (new double[Modes], new double[Equation.Unknowns]);
        var right = Project(source);
        var small = 1e-12 * Math.Max(1, Math.Sqrt(DenseVectors.Dot(source, source)));
        for (var step = 0; step <= MaximumSteps; step++)
        {
            var residual = Project([.. y.Select(value => Equation.Kappa * Math.Max(0, value))]);
            for (var k = 0; k < Modes; k++)
            {
                residual[k] -= right[k];
                for (var l = 0; l < Modes; l++) residual[k] += operators[k, l] * coefficients[l];
            }

            if (Math.Sqrt(DenseVectors.Dot(residual, residual)) <= small) return y;
            var active = SemilinearElliptic.Active(y);
            Linearized(y, residual);
            for (var k = 0; k < Modes; k++) coefficients[k] -= residual[k];
            y = Expand(coefficients);
            if (active.AsSpan().SequenceEqual(SemilinearElliptic.Active(y))) return y;
        }

        throw new InvalidOperationException($"{MaximumSteps} Newton steps did not solve the reduced state equation.");
    }

    /// <summary>Solves the reduced adjoint equation at a reduced state.</summary>
    /// <param name="state">The reduced state at the grid points.</param>
    /// <param name="right">The right side at the grid points.</param>
    public double[] SolveAdjoint(ReadOnlySpan<double> state, ReadOnlySpan<double> right)
    {
        var reduced = Project(right);
        Linearized(state.ToArray(), reduced);
        return Expand(reduced);
    }

    private static void Append(List<double[]> basis, double[] mode, double scale)
    {
        // Twice, so that rounding leaves no part in the space.
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var other in basis) DenseVectors.AddScaled(-DenseVectors.Dot(other, mode), other, mode);
        }

        var square = DenseVectors.Dot(mode, mode);
        if (!(square > 1e-22 * scale)) return;
        for (var i = 0; i < mode.Length; i++) mode[i] /= Math.Sqrt(square);
        basis.Add(mode);
    }

    private double[] Project(ReadOnlySpan<double> function)
    {
        var result = new double[Modes];
        for (var k = 0; k < result.Length; k++) result[k] = DenseVectors.Dot(modes[k], function);
        return result;
    }

    private double[] Expand(double[] coefficients)
    {
        var y = new double[Equation.Unknowns];
        for (var k = 0; k < coefficients.Length; k++) DenseVectors.AddScaled(coefficients[k], modes[k], y);
        return y;
    }

    private void Linearized(double[] y, double[] right)
    {
        var matrix = new double[Modes, Modes];
        var cut = new double[y.Length];
        var scale = 0.0;
        for (var l = 0; l < Modes; l++)
        {
            for (var i = 0; i < y.Length; i++) cut[i] = y[i] > 0 ? modes[l][i] : 0;
            for (var k = 0; k < Modes; k++) matrix[k, l] = operators[k, l] + Equation.Kappa * DenseVectors.Dot(modes[k], cut);
            scale = Math.Max(scale, matrix[l, l]);
        }

        for (var k = 0; k < Modes; k++)
        {
            right[k] /= scale;
            for (var l = 0; l < Modes; l++) matrix[k, l] /= scale;
        }

        if (!LinearEquations.Solve(matrix, right)) throw new InvalidOperationException("The reduced equation is singular to rounding: use fewer modes.");
    }
}
