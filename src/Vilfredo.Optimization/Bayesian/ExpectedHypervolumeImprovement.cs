using Vilfredo.Statistics;

namespace Vilfredo.Optimization.Bayesian;

/// <summary>
/// The exact expected gain of hypervolume by a point whose objectives are independent normal variables, for one to three
/// objectives; with one objective it is the expected improvement.
/// </summary>
/// <remarks>
/// The region that the front leaves is cut into boxes, over each of which the expectation is a product of one-dimensional ones
/// (Yang, Emmerich, Deutz and Back, "Efficient computation of expected hypervolume improvement using box decomposition
/// algorithms", J. Global Optimization 75, 2019). O(n) boxes; O(n) per evaluation. Immutable.
/// </remarks>
public sealed class ExpectedHypervolumeImprovement
{
    private readonly NonDominatedBoxes boxes;

    /// <summary>Cuts the region that a front leaves.</summary>
    /// <param name="front">Row-major objective values, to be minimised; may be empty, dominated points have no effect.</param>
    /// <param name="objectives">Values per point, 1 to 3.</param>
    /// <param name="reference">The reference point, one finite value per objective.</param>
    /// <exception cref="ArgumentException">The number of objectives is out of range, a shape does not fit, or a value is NaN.</exception>
    public ExpectedHypervolumeImprovement(ReadOnlySpan<double> front, int objectives, ReadOnlySpan<double> reference)
    {
        if (objectives is < 1 or > 3)
            throw new ArgumentOutOfRangeException(nameof(objectives), objectives, "The exact expected hypervolume improvement is for 1 to 3 objectives.");
        PointMatrix.Validate(front, objectives, nameof(front));
        if (reference.Length != objectives)
            throw new ArgumentException($"reference has {reference.Length} values but there are {objectives} objectives.", nameof(reference));
        foreach (var value in reference)
        {
            if (!double.IsFinite(value)) throw new ArgumentException($"reference holds {value}; it must be finite.", nameof(reference));
        }

        boxes = NonDominatedBoxes.Of(front, objectives, reference);
        Objectives = objectives;
    }

    /// <summary>The number of objectives.</summary>
    public int Objectives { get; }

    /// <summary>The expected gain of hypervolume.</summary>
    /// <param name="means">The mean of each objective, finite.</param>
    /// <param name="deviations">The standard deviation of each, at least 0; with 0 in all it is the gain of the point itself.</param>
    /// <exception cref="ArgumentException">A length does not fit or a value is out of range.</exception>
    public double Evaluate(ReadOnlySpan<double> means, ReadOnlySpan<double> deviations)
    {
        if (means.Length != Objectives || deviations.Length != Objectives)
            throw new ArgumentException($"There are {means.Length} means and {deviations.Length} deviations; give {Objectives} each.");
        for (var j = 0; j < Objectives; j++)
        {
            if (!double.IsFinite(means[j]) || !(deviations[j] >= 0) || !double.IsFinite(deviations[j]))
                throw new ArgumentException($"Objective {j + 1} has the mean {means[j]} and the deviation {deviations[j]}; both must be finite, the deviation at least 0.");
        }

        return Evaluate(means, deviations, [], []);
    }

    /// <summary>The expected gain, and its derivatives by means and deviations unless these spans are empty.</summary>
    internal double Evaluate(ReadOnlySpan<double> means, ReadOnlySpan<double> deviations, Span<double> byMean, Span<double> byDeviation)
    {
        Span<double> length = stackalloc double[3], lengthByMean = stackalloc double[3], lengthByDeviation = stackalloc double[3];
        byMean.Clear();
        byDeviation.Clear();
        var sum = 0.0;
        for (var i = 0; i < boxes.Count; i++)
        {
            var product = 1.0;
            for (var j = 0; j < Objectives; j++)
            {
                var at = i * Objectives + j;
                length[j] = Below(boxes.Upper[at], means[j], deviations[j], out lengthByMean[j], out lengthByDeviation[j]);
                if (!double.IsNegativeInfinity(boxes.Lower[at]))
                {
                    length[j] = Math.Max(length[j] - Below(boxes.Lower[at], means[j], deviations[j], out var lowerByMean, out var lowerByDeviation), 0);
                    lengthByMean[j] -= lowerByMean;
                    lengthByDeviation[j] -= lowerByDeviation;
                }

                product *= length[j];
            }

            sum += product;
            if (byMean.IsEmpty) continue;
            for (var j = 0; j < Objectives; j++)
            {
                var others = 1.0;
                for (var k = 0; k < Objectives; k++)
                {
                    if (k != j) others *= length[k];
                }

                byMean[j] += others * lengthByMean[j];
                byDeviation[j] += others * lengthByDeviation[j];
            }
        }

        return sum;
    }

    // The expectation of max(bound - y, 0).
    private static double Below(double bound, double mean, double deviation, out double byMean, out double byDeviation)
    {
        if (deviation == 0)
        {
            byMean = bound > mean ? -1 : 0;
            byDeviation = 0;
            return Math.Max(bound - mean, 0);
        }

        var z = (bound - mean) / deviation;
        byMean = -SpecialFunctions.NormalCdf(z);
        byDeviation = SpecialFunctions.NormalDensity(z);
        return Math.Max(-(bound - mean) * byMean + deviation * byDeviation, 0);
    }
}
