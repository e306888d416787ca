using Vilfredo.Optimization.LinearAlgebra;
using Vilfredo.Statistics;

namespace Vilfredo.Optimization.GaussianProcesses;

/// <summary>
/// Exact Gaussian process regression of one value on decisions of any kind: a Matern kernel of smoothness 5/2 with a length
/// scale per variable, after the values have been brought to mean 0 and variance 1.
/// </summary>
/// <remarks>
/// <para>Source: Rasmussen and Williams, "Gaussian Processes for Machine Learning", 2006, chapters 2 and 5. Integers are rounded
/// in the kernel (Garrido-Merchan and Hernandez-Lobato 2020); two categories are alike or not, whatever their order.</para>
/// <para>Points may occur several times, which is how noise is learned best. When all values are equal, the mean is that value
/// everywhere and the parameters are the defaults. Predictions are of the function itself, without the noise of a value.</para>
/// <para>O(n^3) to create, O(n) for a mean, O(n^2) for a variance. Immutable and safe to share between threads.</para>
/// </remarks>
public sealed class GaussianProcess
{
    private readonly InputScaling scaling;
    private readonly double[] targets;
    private readonly double[] coefficients;

    private GaussianProcess(DecisionSpace space, InputScaling scaling, KernelSystem system, double[] targets, double offset, double scale, GaussianProcessParameters parameters)
    {
        Space = space;
        Parameters = parameters;
        System = system;
        Offset = offset;
        Scale = scale;
        this.scaling = scaling;
        this.targets = targets;
        coefficients = (double[])targets.Clone();
        system.Solve(coefficients);
    }

    /// <summary>The variables.</summary>
    public DecisionSpace Space { get; }

    /// <summary>The hyperparameters.</summary>
    public GaussianProcessParameters Parameters { get; }

    /// <summary>The number of points.</summary>
    public int Count => targets.Length;

    /// <summary>
    /// The logarithm of the marginal likelihood of the standardised values (equation 2.30).
    /// </summary>
    public double LogMarginalLikelihood =>
        -0.5 * DenseVectors.Dot(targets, coefficients) - System.Factor.HalfLogDeterminant() - 0.5 * Count * Math.Log(2 * Math.PI);

    /// <summary>The mean of the values, which standardisation subtracts.</summary>
    internal double Offset { get; }

    /// <summary>Their standard deviation, by which it divides.</summary>
    internal double Scale { get; }

    internal KernelSystem System { get; }

    /// <summary>The solved standardised values.</summary>
    internal double[] Coefficients => coefficients;

    internal ReadOnlySpan<double> Targets => targets;

    internal InputScaling Scaling => scaling;

    /// <summary>Learns the hyperparameters from the points (highest posterior density) and conditions on them.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="decisions">One row per point.</param>
    /// <param name="values">One finite value per point, at least one.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">The shapes do not agree, or a value is not finite or out of range.</exception>
    public static GaussianProcess Fit(DecisionSpace space, ReadOnlySpan<double> decisions, ReadOnlySpan<double> values, GaussianProcessOptions? options = null)
    {
        options ??= new();
        options.Validate();
        var (scaling, rows, targets, offset, scale) = Prepare(space, decisions, values);
        var noise = options.NoiseVariance / (scale * scale);
        var parameters = IsConstant(targets)
            ? new() { LengthScales = [.. Enumerable.Repeat(0.5 * Math.Sqrt(space.Count), space.Count)], NoiseVariance = noise ?? 1e-4 }
            : Likelihood(scaling, rows, targets, noise, options.LargestFit).Fit(options.MaximumIterations);
        return Condition(space, scaling, rows, targets, offset, scale, parameters);
    }

    /// <summary>Conditions on the points with given hyperparameters.</summary>
    /// <inheritdoc cref="Fit"/>
    /// <param name="space">The variables.</param>
    /// <param name="decisions">One row per point.</param>
    /// <param name="values">One finite value per point, at least one.</param>
    /// <param name="parameters">The hyperparameters.</param>
    public static GaussianProcess Given(DecisionSpace space, ReadOnlySpan<double> decisions, ReadOnlySpan<double> values, GaussianProcessParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var (scaling, rows, targets, offset, scale) = Prepare(space, decisions, values);
        parameters.Validate(space.Count);
        return Condition(space, scaling, rows, targets, offset, scale, parameters);
    }

    /// <summary>The posterior of the function at one point.</summary>
    /// <param name="point">One value per variable.</param>
    /// <returns>Mean and variance, in the unit of the values and its square.</returns>
    /// <exception cref="ArgumentException">The point is not one of the space.</exception>
    public (double Mean, double Variance) Predict(ReadOnlySpan<double> point)
    {
        Space.CheckPoint(point, nameof(point));
        var posterior = new PointPosterior(System);
        posterior.MoveTo(ToUnit(point));
        return (Offset + Scale * posterior.Mean(coefficients), Scale * Scale * posterior.Variance);
    }

    /// <summary>The joint posterior of the function at several points.</summary>
    /// <param name="points">One row per point.</param>
    /// <param name="means">Receives one mean per point.</param>
    /// <param name="covariance">Receives the row-major covariance matrix.</param>
    /// <exception cref="ArgumentException">A point is not one of the space, or a length does not fit.</exception>
    public void PredictJointly(ReadOnlySpan<double> points, Span<double> means, Span<double> covariance)
    {
        var count = Space.RowsOf(points, nameof(points));
        if (means.Length != count || covariance.Length != count * count)
            throw new ArgumentException($"means and covariance have {means.Length} and {covariance.Length} elements; {count} points need {count} and {count * count}.");
        var unit = ToUnit(points);
        var d = Space.Count;
        var solved = new double[count][];
        for (var i = 0; i < count; i++)
        {
            var row = solved[i] = new double[Count];
            System.Kernel.Evaluate(unit.AsSpan(i * d, d), System.Rows, row);
            means[i] = Offset + Scale * DenseVectors.Dot(row, coefficients);
            System.Factor.SolveLower(row);
            var prior = covariance.Slice(i * count, i + 1);
            System.Kernel.Evaluate(unit.AsSpan(i * d, d), unit.AsSpan(0, (i + 1) * d), prior);
            for (var k = 0; k <= i; k++)
            {
                var value = Scale * Scale * (prior[k] - DenseVectors.Dot(row, solved[k]));
                prior[k] = k == i ? Math.Max(value, 0) : value;
                covariance[k * count + i] = prior[k];
            }
        }
    }

    /// <summary>A draw of the function at several points from their joint posterior.</summary>
    /// <param name="points">One row per point.</param>
    /// <param name="random">The generator; one normal number per point is drawn.</param>
    /// <param name="values">Receives one value per point.</param>
    /// <exception cref="ArgumentException">A point is not one of the space, or a length does not fit.</exception>
    public void Sample(ReadOnlySpan<double> points, RandomGenerator random, Span<double> values)
    {
        ArgumentNullException.ThrowIfNull(random);
        var count = Space.RowsOf(points, nameof(points));
        var covariance = new double[count * count];
        PredictJointly(points, values, covariance);
        var factor = new CholeskyFactor(1e-12 * Scale * Scale * System.Kernel.Signal);
        for (var i = 0; i < count; i++) factor.Append(covariance[(i * count)..(i * count + i + 1)]);
        var normal = new double[count];
        for (var i = 0; i < count; i++) normal[i] = random.NextNormal();
        factor.Multiply(normal);
        for (var i = 0; i < count; i++) values[i] += normal[i];
    }

    /// <summary>The process with further points, each taken to have the posterior mean as its value, under the same parameters.</summary>
    internal GaussianProcess Believing(ReadOnlySpan<double> points)
    {
        if (points.IsEmpty) return this;
        var unit = ToUnit(points);
        var d = Space.Count;
        var extended = targets.ToList();
        var kernel = new double[Count];
        for (var i = 0; i < unit.Length; i += d)
        {
            System.Kernel.Evaluate(unit.AsSpan(i, d), System.Rows, kernel);
            extended.Add(DenseVectors.Dot(kernel, coefficients));
        }

        return new(Space, scaling, System.With(unit, Parameters.NoiseVariance), [.. extended], Offset, Scale, Parameters);
    }

    internal double[] ToUnit(ReadOnlySpan<double> decisions)
    {
        var unit = new double[decisions.Length];
        scaling.ToUnit(decisions, unit);
        return unit;
    }

    internal static MarginalLikelihood Likelihood(InputScaling scaling, double[] rows, double[] targets, double? noise, int largest)
    {
        var (n, d) = (targets.Length, scaling.Count);
        if (n <= largest) return new(rows, targets, scaling.IsCategorical, noise);
        var (someRows, someTargets) = (new double[largest * d], new double[largest]);
        for (var i = 0; i < largest; i++)
        {
            var source = (int)((long)i * n / largest);
            someTargets[i] = targets[source];
            rows.AsSpan(source * d, d).CopyTo(someRows.AsSpan(i * d));
        }

        return new(someRows, someTargets, scaling.IsCategorical, noise);
    }

    private static GaussianProcess Condition(
        DecisionSpace space, InputScaling scaling, double[] rows, double[] targets, double offset, double scale, GaussianProcessParameters parameters) =>
        new(space, scaling, new KernelSystem(new MaternKernel(parameters, scaling.IsCategorical), space.Count, rows, parameters.NoiseVariance), targets, offset, scale, parameters);

    private static (InputScaling Scaling, double[] Rows, double[] Targets, double Offset, double Scale) Prepare(
        DecisionSpace space, ReadOnlySpan<double> decisions, ReadOnlySpan<double> values)
    {
        ArgumentNullException.ThrowIfNull(space);
        var count = space.Validate(decisions);
        if (count == 0 || values.Length != count)
            throw new ArgumentException($"There are {count} points and {values.Length} values; give at least one point and one value per point.", nameof(values));
        foreach (var value in values)
        {
            if (!double.IsFinite(value)) throw new ArgumentException($"values holds {value}; every value must be a finite number.", nameof(values));
        }

        var scaling = new InputScaling(space);
        var rows = new double[decisions.Length];
        scaling.ToUnit(decisions, rows);
        // Means of equal numbers can differ from them by rounding.
        var offset = values.IndexOfAnyExcept(values[0]) < 0 ? values[0] : Descriptive.Mean(values);
        var scale = count > 1 ? Descriptive.StandardDeviation(values) : 0;
        if (!(scale > 0) || !double.IsFinite(scale)) scale = 1;
        var targets = new double[count];
        for (var i = 0; i < count; i++) targets[i] = (values[i] - offset) / scale;
        return (scaling, rows, targets, offset, scale);
    }

    private static bool IsConstant(double[] targets) => targets.AsSpan().IndexOfAnyExcept(0.0) < 0;
}
