using Vilfredo.Statistics;

namespace Vilfredo.Measurement.ScalingLaws;

/// <summary>How the loss of a language model falls with its parameters and its parallel streams: L = (A / (N (k ln P + 1)))^alpha + E (Chen et al., ParScale, 2025; natural logarithm).</summary>
/// <param name="Floor">E, the loss that no size undercuts, in nats per token; not negative.</param>
/// <param name="Scale">A, in parameters; positive.</param>
/// <param name="Exponent">alpha; positive.</param>
/// <param name="StreamGain">k, the share of N that e streams are worth beyond one; not negative, and 0 where streams do nothing.</param>
public sealed record ParallelScalingLaw(double Floor, double Scale, double Exponent, double StreamGain)
{
    private const double Delta = 1e-3; // of the Huber loss, as published
    private const double Unit = 1e9; // of A in the fit, as published
    private static readonly double Lowest = Math.Log(1e-8); // of each number, as published

    // The published grid of starts, but for exponents of 0, where the logarithm that the fit moves along ends; 0.1 stands there.
    private static readonly double[] Floors = [-1, -0.5, 0], Scales = [-4, -2, 0, 2, 4], Exponents = [0.1, 0.5, 1, 1.5, 2], Gains = [0.2, 0.4, 0.6, 0.8];

    /// <summary>The loss of N parameters and P streams.</summary>
    /// <param name="parameters">N, positive.</param>
    /// <param name="streams">P, at least 1.</param>
    public double Predict(double parameters, int streams) => Math.Pow(Scale / EquivalentParameters(parameters, streams), Exponent) + Floor;

    /// <summary>How many parameters with one stream have the loss of N with P: N (k ln P + 1).</summary>
    /// <inheritdoc cref="Predict"/>
    public double EquivalentParameters(double parameters, int streams)
    {
        if (!(parameters > 0 && double.IsFinite(parameters)))
            throw new ArgumentOutOfRangeException(nameof(parameters), parameters, "The number of parameters must be finite and positive.");
        ArgumentOutOfRangeException.ThrowIfLessThan(streams, 1);
        return parameters * (StreamGain * Math.Log(streams) + 1);
    }

    /// <summary>The share of the losses' variance that the law explains.</summary>
    /// <param name="points">At least two different losses.</param>
    public double RSquared(IReadOnlyList<StreamLoss> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var mean = points.Average(point => point.Loss);
        return 1 - points.Sum(point => Math.Pow(point.Loss - Predict(point.Parameters, point.Streams), 2)) / points.Sum(point => Math.Pow(point.Loss - mean, 2));
    }

    /// <summary>The law of measured losses, as published: the least sum of Huber losses (delta 0.001) of differences of log losses, the best of 300 starts, every number at least 1e-8.</summary>
    /// <param name="points">At least five, with at least two numbers of streams and three of parameters.</param>
    /// <exception cref="ArgumentException">There are too few, or a number is out of its range.</exception>
    public static ParallelScalingLaw Fit(IReadOnlyList<StreamLoss> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.FirstOrDefault(point => !(point.Parameters > 0 && double.IsFinite(point.Parameters) && point.Loss > 0 && double.IsFinite(point.Loss) && point.Streams >= 1)) is { } wrong)
            throw new ArgumentException($"{wrong} is no measured loss: parameters and loss must be finite and positive, and streams at least 1.", nameof(points));
        var (sizes, streams) = (points.Select(point => point.Parameters).Distinct().Count(), points.Select(point => point.Streams).Distinct().Count());
        if (points.Count < 5 || sizes < 3 || streams < 2)
            throw new ArgumentException($"There are {points.Count} losses of {sizes} sizes and {streams} numbers of streams; the four numbers of the law need at least 5, 3 and 2.", nameof(points));
        var model = Residuals([.. points]);
        var (best, law) = (double.PositiveInfinity, default(ParallelScalingLaw));
        foreach (var start in from floor in Floors from scale in Scales from exponent in Exponents from gain in Gains select new[] { floor, scale, Math.Log(exponent), Math.Log(gain) })
        {
            var sum = HuberFit.Minimize(model, points.Count, Delta, Lowest, start);
            if (sum < best)
                (best, law) = (sum, FromLogarithms(start));
        }

        return law ?? throw new ArgumentException("No start leads to a finite sum; the losses are not of a size that the law can have.", nameof(points));
    }

    /// <summary>The interval of a number of this law, which must be the fit of the points: bootstrap over points, each refitted from here.</summary>
    /// <param name="points">What was fitted.</param>
    /// <param name="number">For example <c>law => law.StreamGain</c>.</param>
    /// <param name="random">Draws the resamples.</param>
    /// <param name="options">Level, method and number of resamples; null for the defaults.</param>
    /// <remarks>It tells how much the number hangs on single points. Points of one size share their data and its order, which a resample of points does not know.</remarks>
    public BootstrapInterval Interval(IReadOnlyList<StreamLoss> points, Func<ParallelScalingLaw, double> number, RandomGenerator random, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(number);
        double[] start = [Math.Log(Math.Max(Floor, 1e-8)), Math.Log(Scale / Unit), Math.Log(Exponent), Math.Log(Math.Max(StreamGain, 1e-8))];
        double[] indices = [.. Enumerable.Range(0, points.Count).Select(index => (double)index)];
        return Bootstrap.OneSample(
            indices,
            drawn =>
            {
                var sample = new StreamLoss[drawn.Length];
                for (var i = 0; i < sample.Length; i++)
                    sample[i] = points[(int)drawn[i]];
                double[] logarithms = [.. start];
                HuberFit.Minimize(Residuals(sample), sample.Length, Delta, Lowest, logarithms);
                return number(FromLogarithms(logarithms));
            },
            random,
            options);
    }

    private static ParallelScalingLaw FromLogarithms(ReadOnlySpan<double> values) => new(Math.Exp(values[0]), Unit * Math.Exp(values[1]), Math.Exp(values[2]), Math.Exp(values[3]));

    /// <summary>Differences of log losses and their derivatives by the logarithms of E, A, alpha and k.</summary>
    private static HuberFit.Model Residuals(StreamLoss[] points) => (values, residuals, derivatives) =>
    {
        var (floor, scale, exponent, gain) = (Math.Exp(values[0]), values[1], Math.Exp(values[2]), Math.Exp(values[3]));
        foreach (var (i, point) in points.Index())
        {
            var logStreams = Math.Log(point.Streams);
            var worth = gain * logStreams + 1;
            var ratio = scale - Math.Log(point.Parameters / Unit) - Math.Log(worth);
            var reducible = Math.Exp(exponent * ratio);
            var loss = reducible + floor;
            residuals[i] = Math.Log(loss) - Math.Log(point.Loss);
            derivatives[i, 0] = floor / loss;
            derivatives[i, 1] = reducible * exponent / loss;
            derivatives[i, 2] = reducible * exponent * ratio / loss;
            derivatives[i, 3] = -reducible * exponent * gain * logStreams / worth / loss;
        }
    };
}
