using Vilfredo.Optimization.Gradients;

namespace Vilfredo.Optimization.Nonsmooth.Elliptic;

/// <summary>
/// The objectives of <see cref="EllipticControl"/> by a reduced basis with error control: while the bounds of the objectives' errors
/// and those of the adjoint states are within their tolerances, nothing full is solved; else a state and its adjoint states are, and
/// join the basis.
/// </summary>
/// <remarks>
/// From the bound D of the state's energy-norm error, its L2 error is at most D / sqrt(l), l the smallest eigenvalue of the
/// discrete Laplacian, and that of an objective at most |y - target| D / sqrt(l) + D^2 / (2 l). Gradients are those of the reduced
/// functions, exactly; that they are near the full ones takes the adjoint states, without which the minima of the reduced functions
/// lie elsewhere. A bound costs one solution with a factor that is kept. Not thread-safe.
/// </remarks>
public sealed class ReducedControl : IDifferentiableObjectives
{
    private readonly double adjointTolerance;
    private readonly EllipticControl full;
    private readonly double[] tolerances;
    private readonly double smallestEigenvalue;

    /// <summary>Creates the surrogate.</summary>
    /// <param name="full">The full problem.</param>
    /// <param name="start">The first snapshot is the state of these amplitudes.</param>
    /// <param name="tolerances">The largest error of each objective, above 0.</param>
    /// <param name="adjointTolerance">The largest error of the adjoint states in the energy norm, in parts of the longest of them, above 0.</param>
    /// <exception cref="ArgumentException">A tolerance is not so, their number is wrong, or the first state is 0.</exception>
    public ReducedControl(EllipticControl full, ReadOnlySpan<double> start, IReadOnlyList<double> tolerances, double adjointTolerance = 0.05)
    {
        ArgumentNullException.ThrowIfNull(full);
        ArgumentNullException.ThrowIfNull(tolerances);
        if (tolerances.Count != full.Objectives || !tolerances.All(tolerance => tolerance > 0))
            throw new ArgumentException($"The tolerances are {string.Join(", ", tolerances)}; there must be {full.Objectives} above 0.", nameof(tolerances));
        if (!(adjointTolerance > 0)) throw new ArgumentException($"The adjoint tolerance is {adjointTolerance}; it must be above 0.", nameof(adjointTolerance));
        (this.full, this.tolerances, this.adjointTolerance) = (full, [.. tolerances], adjointTolerance);
        smallestEigenvalue = 8 / (full.Equation.Step * full.Equation.Step) * Math.Pow(Math.Sin(0.5 * Math.PI * full.Equation.Step), 2);
        Basis = ReducedBasis.FromSnapshots(full.Equation, [full.State(start).Values], 1);
    }

    /// <inheritdoc/>
    public int Variables => full.Variables;

    /// <inheritdoc/>
    public int Objectives => full.Objectives;

    /// <inheritdoc/>
    public int Revision { get; private set; }

    /// <summary>The basis as it is now.</summary>
    public ReducedBasis Basis { get; private set; }

    /// <summary>The evaluations so far.</summary>
    public long Evaluations { get; private set; }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> x, Span<double> values, Span<double> gradients)
    {
        Evaluations++;
        var (state, errors) = Estimate(x);
        var adjoints = Adjoints(state, out var relative);
        if (relative > adjointTolerance || errors.Zip(tolerances, (error, tolerance) => error > tolerance).Any(exceeds => exceeds))
        {
            Basis = Basis.With([.. full.State(x).Values]);
            foreach (var adjoint in full.Adjoints()) Basis = Basis.With(adjoint);
            Revision++;
            (state, _) = Estimate(x);
            adjoints = Adjoints(state, out _);
        }

        for (var i = 0; i < tolerances.Length; i++)
        {
            values[i] = full.Value(i, x, state);
            for (var k = 0; k < x.Length; k++)
                gradients[i * x.Length + k] = full.Equation.InnerProduct(full.Shape(k), adjoints[i]) + full.Tracking[i].ControlWeight * x[k];
        }
    }

    /// <summary>The reduced state of a control, with a bound of the error of each objective.</summary>
    /// <param name="control">p amplitudes.</param>
    public (double[] State, double[] Errors) Estimate(ReadOnlySpan<double> control)
    {
        var source = full.Source(control);
        var state = Basis.Solve(source);
        var distance = full.Equation.ErrorBound(state, source) / Math.Sqrt(smallestEigenvalue);
        var errors = new double[tolerances.Length];
        for (var i = 0; i < errors.Length; i++)
        {
            var difference = full.Difference(i, state);
            errors[i] = distance * (Math.Sqrt(full.Equation.InnerProduct(difference, difference)) + 0.5 * distance);
        }

        return (state, errors);
    }

    /// <summary>The reduced adjoint states, and the largest bound of their errors in parts of the longest, both in the energy norm.</summary>
    private double[][] Adjoints(double[] state, out double relative)
    {
        var adjoints = new double[tolerances.Length][];
        var (bound, longest, residual) = (0.0, 0.0, new double[state.Length]);
        for (var i = 0; i < adjoints.Length; i++)
        {
            var right = full.Difference(i, state);
            adjoints[i] = Basis.SolveAdjoint(state, right);
            full.Equation.Laplacian(adjoints[i], residual);
            for (var j = 0; j < residual.Length; j++) residual[j] += (state[j] > 0 ? full.Equation.Kappa * adjoints[i][j] : 0) - right[j];
            bound = Math.Max(bound, full.Equation.DualNorm(residual));
            longest = Math.Max(longest, full.Equation.EnergyNorm(adjoints[i]));
        }

        relative = longest > 0 ? bound / longest : bound > 0 ? double.PositiveInfinity : 0;
        return adjoints;
    }
}
