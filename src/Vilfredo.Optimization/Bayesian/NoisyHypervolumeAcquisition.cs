using Vilfredo.Optimization.GaussianProcesses;
using Vilfredo.Optimization.LinearAlgebra;
using Vilfredo.Sorting;
using Vilfredo.Statistics;

namespace Vilfredo.Optimization.Bayesian;

/// <summary>
/// The logarithm of the expected hypervolume improvement over a front that is integrated over too: joint samples of the functions
/// at the points that may be on the front, each with the gain of a further point (Daulton, Balandat and Bakshy, NeurIPS 2021).
/// </summary>
/// <remarks>
/// Points under evaluation belong to the sampled front, so that a batch is chosen one after the other on common samples. The gain
/// is smoothed with a heavy tail, so that its logarithm has a slope everywhere (Ament et al., NeurIPS 2023, appendix A.4).
/// </remarks>
internal sealed class NoisyHypervolumeAcquisition : IAcquisition
{
    private const int LargestBaseline = 40;
    private const int LargestPool = 150;
    private const double LatentNoise = 1e-8;
    private const double Smoothing = 1e-3; // of the distance between ideal and reference
    private const double Tail = 0.1;

    private readonly int samples;
    private readonly int objectives;
    private readonly KernelSystem[] systems;
    private readonly PointPosterior[] posteriors;
    private readonly double[][][] coefficients; // per objective and sample
    private readonly double[][] combined;
    private readonly double[] normals; // per sample and objective
    private readonly NonDominatedBoxes[] boxes;
    private readonly double[] smoothing;

    /// <summary>Creates the function.</summary>
    /// <param name="models">The models of what has been told.</param>
    /// <param name="pending">Rows of points under evaluation.</param>
    /// <param name="samples">The number of joint samples.</param>
    /// <param name="random">Scrambles the samples.</param>
    public NoisyHypervolumeAcquisition(Surrogates models, ReadOnlySpan<double> pending, int samples, RandomGenerator random)
    {
        this.samples = samples;
        objectives = models.Objectives;
        var first = models.Processes[0];
        var d = first.Space.Count;
        var waiting = first.ToUnit(pending);
        var pool = Pool(models);
        var rows = new double[pool.Length * d + waiting.Length];
        for (var i = 0; i < pool.Length; i++) first.System.Rows.AsSpan(pool[i] * d, d).CopyTo(rows.AsSpan(i * d));
        waiting.CopyTo(rows, pool.Length * d);
        rows = Promising(models, rows, pool.Length, random);

        var count = rows.Length / d;
        var sequence = new SobolSequence(objectives * (count + 1), random);
        var uniform = new double[sequence.Dimension];
        var latent = new double[samples][]; // per sample the rows of values
        normals = new double[samples * objectives];
        var factors = new (double[] Means, CholeskyFactor Factor)[objectives];
        for (var j = 0; j < objectives; j++) factors[j] = Joint(models.Processes[j], rows);
        for (var s = 0; s < samples; s++)
        {
            sequence.Next(uniform);
            latent[s] = new double[count * objectives];
            for (var j = 0; j < objectives; j++)
            {
                normals[s * objectives + j] = Normal(uniform[j]);
                var values = new double[count];
                for (var i = 0; i < count; i++) values[i] = Normal(uniform[objectives * (i + 1) + j]);
                factors[j].Factor.Multiply(values);
                for (var i = 0; i < count; i++) latent[s][i * objectives + j] = factors[j].Means[i] + values[i];
            }
        }

        systems = new KernelSystem[objectives];
        coefficients = new double[objectives][][];
        combined = new double[objectives][];
        smoothing = new double[objectives];
        for (var j = 0; j < objectives; j++)
        {
            var process = models.Processes[j];
            var system = systems[j] = process.System.With(rows, LatentNoise * process.Parameters.SignalVariance);
            combined[j] = new double[system.Count];
            coefficients[j] = new double[samples][];
            for (var s = 0; s < samples; s++)
            {
                var solved = coefficients[j][s] = new double[system.Count];
                process.Targets.CopyTo(solved);
                for (var i = 0; i < count; i++) solved[process.Count + i] = latent[s][i * objectives + j];
                system.Solve(solved);
            }

            smoothing[j] = Smoothing * (models.Reference[j] - models.Ideal[j]);
        }

        posteriors = Array.ConvertAll(systems, s => new PointPosterior(s));
        boxes = Array.ConvertAll(latent, values => NonDominatedBoxes.Of(values, objectives, models.Reference));
    }

    public double Evaluate(ReadOnlySpan<double> unit, Span<double> gradient)
    {
        Span<double> deviations = stackalloc double[objectives], byDeviation = stackalloc double[objectives];
        Span<double> point = stackalloc double[objectives], byValue = stackalloc double[objectives];
        for (var j = 0; j < objectives; j++)
        {
            posteriors[j].MoveTo(unit);
            deviations[j] = Math.Sqrt(posteriors[j].Variance + 1e-14);
            combined[j].AsSpan().Clear();
        }

        byDeviation.Clear();
        var wantsGradient = !gradient.IsEmpty;
        var sum = 0.0;
        for (var s = 0; s < samples; s++)
        {
            for (var j = 0; j < objectives; j++)
                point[j] = posteriors[j].Mean(coefficients[j][s]) + deviations[j] * normals[s * objectives + j];
            sum += Gain(boxes[s], point, wantsGradient ? byValue : []);
            if (!wantsGradient) continue;
            for (var j = 0; j < objectives; j++)
            {
                DenseVectors.AddScaled(byValue[j], coefficients[j][s], combined[j]);
                byDeviation[j] += byValue[j] * normals[s * objectives + j];
            }
        }

        sum = Math.Max(sum, 1e-300);
        if (wantsGradient)
        {
            gradient.Clear();
            for (var j = 0; j < objectives; j++)
            {
                foreach (ref var coefficient in combined[j].AsSpan()) coefficient /= sum;
                posteriors[j].AddGradient(combined[j], byDeviation[j] / sum / (2 * deviations[j]), gradient);
            }
        }

        return Math.Log(sum / samples);
    }

    // The smoothed volume of the boxes that a point dominates part of.
    private double Gain(NonDominatedBoxes region, ReadOnlySpan<double> point, Span<double> byValue)
    {
        Span<double> length = stackalloc double[objectives], slope = stackalloc double[objectives];
        byValue.Clear();
        var sum = 0.0;
        for (int i = 0, at = 0; i < region.Count; i++)
        {
            var product = 1.0;
            for (var j = 0; j < point.Length; j++, at++)
            {
                var isBelow = point[j] < region.Lower[at];
                length[j] = Positive(region.Upper[at] - (isBelow ? region.Lower[at] : point[j]), smoothing[j], out slope[j]);
                if (isBelow) slope[j] = 0;
                product *= length[j];
            }

            sum += product;
            if (byValue.IsEmpty) continue;
            for (var j = 0; j < point.Length; j++) byValue[j] -= product / length[j] * slope[j];
        }

        return sum;
    }

    // max(x, 0) with a soft corner and a tail of 1/x^2.
    private static double Positive(double x, double width, out double slope)
    {
        var t = x / width;
        var square = 1 + t * t;
        var (soft, softSlope) = (t, 1.0);
        if (t < 30)
        {
            var power = t < -30 ? 0 : Math.Exp(t);
            soft = Math.Log(1 + power);
            softSlope = power / (1 + power);
        }

        slope = softSlope - Tail * 2 * t / (square * square);
        return width * (soft + Tail / square);
    }

    // The feasible points of the best observed ranks; with few points all of them.
    private static int[] Pool(Surrogates models)
    {
        if (models.FeasibleIndices.Length <= LargestPool) return models.FeasibleIndices;
        var ranks = NonDominatedSorting.Rank(models.Feasible, models.Objectives);
        return [.. Enumerable.Range(0, ranks.Length).OrderBy(i => ranks[i]).ThenBy(i => i).Take(LargestPool).Select(i => models.FeasibleIndices[i])];
    }

    // The rows that are on the front in some sample, the most frequent ones first; those under evaluation always.
    private static double[] Promising(Surrogates models, double[] rows, int told, RandomGenerator random)
    {
        const int Draws = 64;
        var k = models.Objectives;
        var d = models.Processes[0].Space.Count;
        var count = rows.Length / d;
        var factors = Array.ConvertAll(models.Processes, p => Joint(p, rows));
        var hits = new int[told];
        var values = new double[count * k];
        var normal = new double[count];
        var filter = new NonDominatedFilter();
        var keep = new bool[count];
        for (var s = 0; s < Draws; s++)
        {
            for (var j = 0; j < k; j++)
            {
                for (var i = 0; i < count; i++) normal[i] = random.NextNormal();
                factors[j].Factor.Multiply(normal);
                for (var i = 0; i < count; i++) values[i * k + j] = factors[j].Means[i] + normal[i];
            }

            filter.Filter(values, k, keep);
            for (var i = 0; i < told; i++) hits[i] += keep[i] ? 1 : 0;
        }

        var chosen = Enumerable.Range(0, told).Where(i => hits[i] > 0).OrderByDescending(i => hits[i]).ThenBy(i => i).Take(LargestBaseline).Order();
        return [.. chosen.Concat(Enumerable.Range(told, count - told)).SelectMany(i => rows[(i * d)..((i + 1) * d)])];
    }

    // The joint posterior of scaled rows.
    private static (double[] Means, CholeskyFactor Factor) Joint(GaussianProcess process, double[] rows)
    {
        var d = process.Space.Count;
        var count = rows.Length / d;
        var means = new double[count];
        var solved = new double[count][];
        var factor = new CholeskyFactor(LatentNoise * process.System.Kernel.Signal);
        for (var i = 0; i < count; i++)
        {
            var row = solved[i] = new double[process.Count];
            process.System.Kernel.Evaluate(rows.AsSpan(i * d, d), process.System.Rows, row);
            means[i] = DenseVectors.Dot(row, process.Coefficients);
            process.System.Factor.SolveLower(row);
            var covariance = new double[i + 1];
            process.System.Kernel.Evaluate(rows.AsSpan(i * d, d), rows.AsSpan(0, (i + 1) * d), covariance);
            for (var m = 0; m <= i; m++) covariance[m] -= DenseVectors.Dot(row, solved[m]);
            factor.Append(covariance);
        }

        return (means, factor);
    }

    private static double Normal(double uniform) => SpecialFunctions.NormalQuantile(Math.Clamp(uniform, 1e-12, 1 - 1e-12));
}
