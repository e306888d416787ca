using Vilfredo.Optimization.Gradients;
using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.Nonsmooth.Elliptic;

/// <summary>
/// Control of <see cref="SemilinearElliptic"/> by a few amplitudes: the source is the sum of shapes times amplitudes, the
/// objectives follow states. Each evaluation is one state and one adjoint system with the state's own active set.
/// </summary>
/// <remarks>States start from the last one. Not thread-safe.</remarks>
public sealed class EllipticControl : IDifferentiableObjectives
{
    private readonly double[][] shapes;
    private readonly TrackingObjective[] objectives;
    private double[] last = [];

    /// <summary>Creates the problem.</summary>
    /// <param name="equation">The state equation.</param>
    /// <param name="shapes">p functions at the grid points, at least one.</param>
    /// <param name="objectives">The objectives, at least one.</param>
    /// <exception cref="ArgumentException">A list is empty, a length does not fit, or a weight is below 0.</exception>
    public EllipticControl(SemilinearElliptic equation, IReadOnlyList<IReadOnlyList<double>> shapes, IReadOnlyList<TrackingObjective> objectives)
    {
        ArgumentNullException.ThrowIfNull(equation);
        ArgumentNullException.ThrowIfNull(shapes);
        ArgumentNullException.ThrowIfNull(objectives);
        if (shapes.Count == 0 || objectives.Count == 0) throw new ArgumentException($"There are {shapes.Count} shapes and {objectives.Count} objectives; there must be at least one of both.");
        foreach (var shape in shapes.Concat(objectives.Select(objective => objective.Target)))
        {
            if (shape.Count != equation.Unknowns) throw new ArgumentException($"A shape or target has {shape.Count} values; the grid has {equation.Unknowns} points.");
        }

        foreach (var objective in objectives)
        {
            if (!(objective.ControlWeight >= 0)) throw new ArgumentException($"A control weight is {objective.ControlWeight}; it must be at least 0.");
        }

        (Equation, this.objectives) = (equation, [.. objectives]);
        this.shapes = [.. shapes.Select(shape => shape.ToArray())];
    }

    /// <summary>The state equation.</summary>
    public SemilinearElliptic Equation { get; }

    /// <summary>The objectives.</summary>
    public IReadOnlyList<TrackingObjective> Tracking => objectives;

    /// <inheritdoc/>
    public int Variables => shapes.Length;

    /// <inheritdoc/>
    public int Objectives => objectives.Length;

    /// <summary>The states solved so far.</summary>
    public long StateSolves { get; private set; }

    /// <summary>The linear systems of the full grid factored so far: Newton steps and adjoint systems.</summary>
    public long Factorizations { get; private set; }

    /// <summary>The source that belongs to a control.</summary>
    /// <param name="control">p amplitudes.</param>
    public double[] Source(ReadOnlySpan<double> control)
    {
        if (control.Length != shapes.Length) throw new ArgumentException($"The control has {control.Length} amplitudes; there are {shapes.Length} shapes.", nameof(control));
        var source = new double[Equation.Unknowns];
        for (var k = 0; k < shapes.Length; k++) DenseVectors.AddScaled(control[k], shapes[k], source);
        return source;
    }

    /// <summary>The state that belongs to a control.</summary>
    /// <param name="control">p amplitudes.</param>
    public EllipticState State(ReadOnlySpan<double> control)
    {
        var state = Equation.Solve(Source(control), last);
        last = [.. state.Values];
        StateSolves++;
        Factorizations += state.NewtonSteps;
        return state;
    }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> x, Span<double> values, Span<double> gradients)
    {
        State(x);
        var factor = Equation.Factor(last, SubgradientChoice.Zero);
        Factorizations++;
        for (var i = 0; i < objectives.Length; i++)
        {
            values[i] = Value(i, x, last);
            Gradient(i, x, factor, gradients.Slice(i * x.Length, x.Length));
        }
    }

    /// <summary>One objective as a function with kinks, for <see cref="NonsmoothDescent"/>.</summary>
    /// <param name="index">0 to <see cref="Objectives"/> - 1.</param>
    /// <param name="choice">The derivative where the state is 0.</param>
    public ILipschitzObjective Objective(int index, SubgradientChoice choice = SubgradientChoice.Zero)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, objectives.Length);
        return new Single(this, index, choice);
    }

    /// <summary>The value of an objective for a state that is known.</summary>
    internal double Value(int index, ReadOnlySpan<double> control, ReadOnlySpan<double> state)
    {
        var difference = Difference(index, state);
        return 0.5 * (Equation.InnerProduct(difference, difference) + objectives[index].ControlWeight * DenseVectors.Dot(control, control));
    }

    /// <summary>The adjoint states of all objectives at the last state.</summary>
    internal double[][] Adjoints()
    {
        var factor = Equation.Factor(last, SubgradientChoice.Zero);
        Factorizations++;
        var adjoints = new double[objectives.Length][];
        for (var i = 0; i < adjoints.Length; i++)
        {
            adjoints[i] = Difference(i, last);
            factor.Solve(adjoints[i]);
        }

        return adjoints;
    }

    internal ReadOnlySpan<double> Shape(int index) => shapes[index];

    internal double[] Difference(int index, ReadOnlySpan<double> state)
    {
        var (difference, target) = (new double[state.Length], objectives[index].Target);
        for (var j = 0; j < difference.Length; j++) difference[j] = state[j] - target[j];
        return difference;
    }

    private void Gradient(int index, ReadOnlySpan<double> control, BandedCholesky factor, Span<double> gradient)
    {
        var adjoint = Difference(index, last);
        factor.Solve(adjoint);
        for (var k = 0; k < shapes.Length; k++)
            gradient[k] = Equation.InnerProduct(shapes[k], adjoint) + objectives[index].ControlWeight * control[k];
    }

    private sealed class Single(EllipticControl problem, int index, SubgradientChoice choice) : ILipschitzObjective
    {
        public double Value(ReadOnlySpan<double> x)
        {
            problem.State(x);
            return problem.Value(index, x, problem.last);
        }

        public void Subgradient(ReadOnlySpan<double> x, Span<double> subgradient)
        {
            problem.State(x);
            problem.Factorizations++;
            problem.Gradient(index, x, problem.Equation.Factor(problem.last, choice), subgradient);
        }
    }
}
