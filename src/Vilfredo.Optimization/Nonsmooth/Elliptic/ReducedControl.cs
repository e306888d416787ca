using Vilfredo.Optimization.Gradients;

namespace Vilfredo.Optimization.Nonsmooth.Elliptic;

/// <summary>
/// The objectives of <see cref="EllipticControl"/> by a reduced basis with error control: while the bound of an objective's error
/// is within the tolerance, no full state is solved; else one is, and it joins the basis.
/// </summary>
/// <remarks>
/// From the bound D of the state's energy-norm error, its L2 error is at most D / sqrt(l), l the smallest eigenvalue of the
/// discrete Laplacian, and that of an objective at most |y - target| D / sqrt(l) + D^2 / (2 l). Gradients are those of the reduced
/// functions, exactly. The bound costs one solution with a factor that is kept. Not thread-safe.
/// </remarks>
public sealed class ReducedControl : IDifferentiableObjectives
{
    private readonly EllipticControl full;
    private readonly double[] tolerances;
    private readonly double smallestEigenvalue;

    /// <summary>Creates the surrogate.</summary>
    /// <param name="full">The full problem.</param>
    /// <param name="start">The first snapshot is the state of these amplitudes.</param>
    /// <param name="tolerances">The largest error of each objective, above 0.</param>
    /// <exception cref="ArgumentException">A tolerance is not so, their number is wrong, or the first state is 0.</exception>
    public ReducedControl(EllipticControl full, ReadOnlySpan<double> start, IReadOnlyList<double> tolerances)
    {
        ArgumentNullException.ThrowIfNull(full);
        ArgumentNullException.ThrowIfNull(tolerances);
        if (tolerances.Count != full.Objectives || !tolerances.All(tolerance => tolerance > 0))
            throw new ArgumentException($"The tolerances are {string.Join(", ", tolerances)}; there must be {full.Objectives} above 0.", nameof(tolerances));
        (this.full, this.tolerances) = (full, [.. tolerances]);
        smallestEigenvalue = 8 / (full.Equation.Step * full.Equation.Step) * Math.Pow(Math.Sin(0.5 * Math.PI * full.Equation.Step), 2);
        Basis = ReducedBasis.FromSnapshots(full.Equation, [full.State(start).Values], 1);
    }

    /// <inheritdoc/>
    public int Variables => full.Variables;

    /// <inheritdoc/>
    public int Objectives => full.Objectives;

    /// <summary>The basis as it is now.</summary>
    public ReducedBasis Basis { get; private set; }

    /// <summary>The evaluations so far.</summary>
    public long Evaluations { get; private set; }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> x, Span<double> values, Span<double> gradients)
    {
        Evaluations++;
        var (state, errors) = Estimate(x);
        for (var i = 0; i < tolerances.Length; i++)
        {
            if (errors[i] <= tolerances[i]) continue;
            Basis = Basis.With([.. full.State(x).Values]);
            (state, _) = Estimate(x);
            break;
        }

        for (var i = 0; i < tolerances.Length; i++)
        {
            values[i] = full.Value(i, x, state);
            var adjoint = Basis.SolveAdjoint(state, full.Difference(i, state));
            for (var k = 0; k < x.Length; k++)
                gradients[i * x.Length + k] = full.Equation.InnerProduct(full.Shape(k), adjoint) + full.Tracking[i].ControlWeight * x[k];
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
}
