namespace Vilfredo.Indicators;

/// <summary>Estimates of the hypervolume with error bounds, for sets whose exact volume takes too long.</summary>
/// <remarks>
/// Conventions are those of <see cref="Hypervolume"/>: minimisation, points that are not strictly better than the finite
/// reference in every objective contribute nothing, NaN and negative infinity are refused. Time per sample is O(n d) at
/// most and usually far less, because the boxes of the points are tried in descending order of volume.
/// </remarks>
public static class HypervolumeApproximation
{
    /// <summary>Samples before <see cref="WithRelativeError"/> looks for the first time.</summary>
    private const long FirstLook = 1024;

    /// <summary>Plain Monte Carlo: the share of uniform samples of the bounding box that the points dominate.</summary>
    /// <param name="points">Row-major values, <paramref name="objectives"/> per point, to be minimised; may be empty.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="reference">The reference point, one finite value per objective.</param>
    /// <param name="samples">Samples, at least 1.</param>
    /// <param name="random">The source of the samples.</param>
    /// <param name="confidence">The probability that the interval must cover the hypervolume, in (0, 1).</param>
    /// <remarks>
    /// The interval holds for every number of samples: Hoeffding's bound in its sharp form with the Kullback-Leibler
    /// divergence. Its width falls with the square root of the samples, relative to the bounding box from the points' best
    /// values to the reference.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="objectives"/> or <paramref name="samples"/> is below 1, or <paramref name="confidence"/> is outside (0, 1).
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A shape does not fit, a value is NaN or negative infinity, or the reference is not finite.
    /// </exception>
    public static HypervolumeEstimate MonteCarlo(
        ReadOnlySpan<double> points, int objectives, ReadOnlySpan<double> reference, int samples, RandomGenerator random, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ValidateConfidence(confidence);
        using var region = new DominatedRegion(points, objectives, reference);
        if (region.Count == 0)
            return new HypervolumeEstimate(0, 0, 0, confidence, 0);

        var sample = new double[objectives];
        long hits = 0;
        for (var i = 0; i < samples; i++)
        {
            for (var j = 0; j < objectives; j++)
                sample[j] = random.NextDouble();
            if (region.ContainsScaled(sample))
                hits++;
        }

        var (lower, upper) = ConfidenceBounds.OfProbability(hits, samples, 1 - confidence);
        var box = region.BoundingVolume;
        return new HypervolumeEstimate(box * hits / samples, box * lower, box * upper, confidence, samples);
    }

    /// <summary>Randomised quasi-Monte Carlo: independently scrambled Sobol points in place of random ones.</summary>
    /// <param name="points">Row-major values, <paramref name="objectives"/> per point, to be minimised; may be empty.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="reference">The reference point, one finite value per objective.</param>
    /// <param name="samples">Samples per randomisation, at least 1; powers of two are best.</param>
    /// <param name="random">The source of the scramblings.</param>
    /// <param name="randomizations">Independent scramblings, at least 2.</param>
    /// <param name="confidence">The probability that the interval is to cover the hypervolume, in (0, 1).</param>
    /// <remarks>
    /// Each scrambling gives an independent unbiased estimate (Owen, "Randomly permuted (t,m,s)-nets and (t,s)-sequences",
    /// 1995); the value is their mean, and the interval is Student's for that mean. The interval is approximate: it takes
    /// the estimates as normal, and it has no width when all of them agree, as when too few samples all miss.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="objectives"/> or <paramref name="samples"/> is below 1, <paramref name="randomizations"/> is below 2, or
    /// <paramref name="confidence"/> is outside (0, 1).
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A shape does not fit, a value is NaN or negative infinity, or the reference is not finite.
    /// </exception>
    public static HypervolumeEstimate QuasiMonteCarlo(
        ReadOnlySpan<double> points,
        int objectives,
        ReadOnlySpan<double> reference,
        int samples,
        RandomGenerator random,
        int randomizations = 16,
        double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(randomizations, 2);
        ValidateConfidence(confidence);
        using var region = new DominatedRegion(points, objectives, reference);
        if (region.Count == 0)
            return new HypervolumeEstimate(0, 0, 0, confidence, 0);

        var sample = new double[objectives];
        double mean = 0, squares = 0;
        for (var r = 0; r < randomizations; r++)
        {
            var sequence = new SobolSequence(objectives, random);
            long hits = 0;
            for (var i = 0; i < samples; i++)
            {
                sequence.Next(sample);
                if (region.ContainsScaled(sample))
                    hits++;
            }

            // Welford's update of the mean and the sum of squared deviations.
            var share = (double)hits / samples;
            var deviation = share - mean;
            mean += deviation / (r + 1);
            squares += deviation * (share - mean);
        }

        var standardError = Math.Sqrt(squares / (randomizations - 1) / randomizations);
        var margin = ConfidenceBounds.StudentQuantile(confidence, randomizations - 1) * standardError;
        var box = region.BoundingVolume;
        return new HypervolumeEstimate(
            box * mean, box * Math.Max(0, mean - margin), box * Math.Min(1, mean + margin), confidence, (long)samples * randomizations);
    }

    /// <summary>An estimate whose relative error is bounded however small the volume is in its bounding box.</summary>
    /// <param name="points">Row-major values, <paramref name="objectives"/> per point, to be minimised; may be empty.</param>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="reference">The reference point, one finite value per objective.</param>
    /// <param name="relativeError">The bound of |estimate - volume| / volume, in (0, 1).</param>
    /// <param name="random">The source of the samples.</param>
    /// <param name="confidence">The probability with which the bound holds, in (0, 1).</param>
    /// <remarks>
    /// <para>
    /// Coverage sampling (Karp and Luby 1983), which makes the hypervolume approximable in polynomial time (Bringmann and
    /// Friedrich, "Approximating the volume of unions and intersections of high-dimensional geometric objects",
    /// Computational Geometry 43, 2010): draw a box in proportion to its volume, a point in it, and see whether the box is
    /// the first that holds the point. The share of such draws times the sum of the boxes' volumes is the hypervolume, and
    /// the share is at least 1/n in any number of objectives.
    /// </para>
    /// <para>
    /// Sampling doubles until the interval is narrow enough; look k uses Hoeffding's bound with the error probability
    /// (1 - confidence) / 2^k, so that all looks together keep the confidence. O(n log(1 / (1 - confidence)) / relativeError^2)
    /// samples at most.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="objectives"/> is below 1, or <paramref name="relativeError"/> or <paramref name="confidence"/> is outside (0, 1).
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A shape does not fit, a value is NaN or negative infinity, or the reference is not finite.
    /// </exception>
    public static HypervolumeEstimate WithRelativeError(
        ReadOnlySpan<double> points,
        int objectives,
        ReadOnlySpan<double> reference,
        double relativeError,
        RandomGenerator random,
        double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (!(relativeError > 0 && relativeError < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(relativeError), relativeError, "The relative error must be in (0, 1); 0.01 asks for one per cent.");
        }

        ValidateConfidence(confidence);
        using var region = new DominatedRegion(points, objectives, reference);
        if (region.Count == 0)
            return new HypervolumeEstimate(0, 0, 0, confidence, 0);

        // Boxes so large or small that their volumes are no longer numbers leave nothing to estimate.
        if (!double.IsNormal(region.TotalVolume))
            return new HypervolumeEstimate(region.TotalVolume, region.TotalVolume, region.TotalVolume, confidence, 0);

        var sample = new double[objectives];
        var error = 1 - confidence;
        long samples = 0, hits = 0;
        for (var look = FirstLook; ; look *= 2)
        {
            for (; samples < look; samples++)
            {
                if (region.DrawIsFirst(random, sample))
                    hits++;
            }

            error /= 2;
            var (lower, upper) = ConfidenceBounds.OfProbability(hits, samples, error);
            if ((upper - lower) > relativeError * (upper + lower))
                continue;

            // The harmonic mean of the ends is as far, relatively, from a volume at one end as from one at the other.
            var value = 2 * lower * upper / (lower + upper);
            return new HypervolumeEstimate(
                region.TotalVolume * value, region.TotalVolume * lower, region.TotalVolume * upper, confidence, samples);
        }
    }

    private static void ValidateConfidence(double confidence)
    {
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(confidence), confidence, "The confidence must be in (0, 1); 0.95 is usual.");
        }
    }
}
