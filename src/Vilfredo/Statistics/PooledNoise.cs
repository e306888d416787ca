namespace Vilfredo.Statistics;

/// <summary>Normal noise with the covariance of repeats, pooled over all points that have any.</summary>
internal sealed class PooledNoise
{
    // Lower triangle L with L L' = covariance, row-major.
    private readonly double[] triangle;
    private readonly int objectives;

    private PooledNoise(double[] triangle, int objectives)
    {
        this.triangle = triangle;
        this.objectives = objectives;
    }

    /// <summary>Pools the noise; <see langword="null"/> when no point has two repeats.</summary>
    public static PooledNoise? Of(IReadOnlyList<double[]> samples, ReadOnlySpan<double> means, int objectives)
    {
        var covariance = new double[objectives * objectives];
        long freedom = 0;
        for (var i = 0; i < samples.Count; i++)
        {
            var rows = samples[i].AsSpan();
            var mean = means.Slice(i * objectives, objectives);
            freedom += rows.Length / objectives - 1;
            for (var start = 0; start < rows.Length; start += objectives)
                for (var j = 0; j < objectives; j++)
                    for (var k = 0; k <= j; k++) covariance[j * objectives + k] += (rows[start + j] - mean[j]) * (rows[start + k] - mean[k]);
        }

        if (freedom == 0) return null;
        for (var i = 0; i < covariance.Length; i++) covariance[i] /= freedom;
        return new PooledNoise(Cholesky(covariance, objectives), objectives);
    }

    /// <summary>Draws means of <paramref name="repeats"/> values; <paramref name="target"/> holds one column per objective.</summary>
    public void Draw(ReadOnlySpan<double> mean, int repeats, Span<double> target, RandomGenerator random)
    {
        var resamples = target.Length / objectives;
        var scale = 1 / Math.Sqrt(repeats);
        var z = new double[objectives];
        for (var b = 0; b < resamples; b++)
        {
            for (var k = 0; k < objectives; k++) z[k] = scale * random.NextNormal();
            for (var j = 0; j < objectives; j++)
            {
                double noise = 0;
                for (var k = 0; k <= j; k++) noise += triangle[j * objectives + k] * z[k];
                target[j * resamples + b] = mean[j] + noise;
            }
        }
    }

    // Of a covariance that may be singular: an objective without noise of its own gets a zero column.
    private static double[] Cholesky(double[] a, int n)
    {
        var l = new double[n * n];
        for (var j = 0; j < n; j++)
        {
            for (var k = 0; k <= j; k++)
            {
                var rest = a[j * n + k];
                for (var m = 0; m < k; m++) rest -= l[j * n + m] * l[k * n + m];
                if (j == k) l[j * n + j] = rest > 1e-12 * a[j * n + j] ? Math.Sqrt(rest) : 0;
                else l[j * n + k] = l[k * n + k] > 0 ? rest / l[k * n + k] : 0;
            }
        }

        return l;
    }
}
