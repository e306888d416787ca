using Vilfredo.Neural.Training.Data;

namespace Vilfredo.Reproductions.Papers;

/// <summary>Vectors of 256 numbers that are spoiled and to be restored.</summary>
internal enum RestorationTask
{
    /// <summary>Stroke images with normal noise of deviation 0.25 on every pixel.</summary>
    Denoising,

    /// <summary>Stroke images whose squares of two by two pixels are replaced by their means.</summary>
    SuperResolution,

    /// <summary>Normal vectors in a subspace of 32 dimensions with noise: their best restoration is known.</summary>
    Subspace,
}

/// <summary>Data of the tasks, and how good restorations are.</summary>
internal static class RestorationTasks
{
    /// <summary>The deviation of the noise.</summary>
    public const double Noise = 0.25;

    private const int Dimensions = 32;
    private const double Deviation = 0.5; // of a vector's coordinate in the subspace

    /// <summary>Restorable pairs: what is spoiled, and what it was.</summary>
    public static VectorBatch Draw(RestorationTask task, int count, RandomGenerator random)
    {
        var clean = task == RestorationTask.Subspace ? Subspace(count, random) : StrokeImages.Draw(count, random);
        var spoiled = task == RestorationTask.SuperResolution ? Coarse(clean) : [.. clean.Select(value => (float)(value + Noise * random.NextNormal()))];
        return new(spoiled, clean, count);
    }

    /// <summary>The mean over rows of 10 log10(1 / mean squared error), in dB: the mean of ratios, not the ratio of the mean.</summary>
    /// <exception cref="ArgumentException">A row is restored without any error, which has no finite ratio.</exception>
    public static double PeakSignalToNoise(ReadOnlySpan<float> restored, VectorBatch pairs)
    {
        var (width, sum) = (pairs.TargetWidth, 0.0);
        for (var row = 0; row < pairs.Rows; row++)
        {
            var error = 0.0;
            for (var i = row * width; i < (row + 1) * width; i++)
            {
                var difference = (double)restored[i] - pairs.Targets[i];
                error += difference * difference;
            }

            if (error == 0)
                throw new ArgumentException($"Row {row} is restored without any error; its ratio is infinite.", nameof(restored));
            sum -= 10 * Math.Log10(error / width);
        }

        return sum / pairs.Rows;
    }

    /// <summary>The mean squared error per number that no restoration of the subspace task can be below: (k / D) s^2 sigma^2 / (s^2 + sigma^2).</summary>
    public static double SubspaceOptimum =>
        Dimensions / (double)StrokeImages.Pixels * Deviation * Deviation * Noise * Noise / (Deviation * Deviation + Noise * Noise);

    private static float[] Coarse(float[] clean)
    {
        const int Side = StrokeImages.Side;
        var coarse = new float[clean.Length];
        for (var i = 0; i < clean.Length; i++)
        {
            var corner = i - i % StrokeImages.Pixels + i % StrokeImages.Pixels / Side / 2 * 2 * Side + i % Side / 2 * 2;
            coarse[i] = (clean[corner] + clean[corner + 1] + clean[corner + Side] + clean[corner + Side + 1]) / 4;
        }

        return coarse;
    }

    /// <summary>Vectors along 32 rows of a Hadamard matrix, which are orthogonal and the same for every data set.</summary>
    private static float[] Subspace(int count, RandomGenerator random)
    {
        const int Width = StrokeImages.Pixels;
        var vectors = new float[count * Width];
        for (var row = 0; row < count; row++)
        {
            for (var k = 0; k < Dimensions; k++)
            {
                var factor = (float)(Deviation * random.NextNormal() / Math.Sqrt(Width));
                for (var i = 0; i < Width; i++)
                    vectors[row * Width + i] += (System.Numerics.BitOperations.PopCount((uint)(7 * k & i)) & 1) == 0 ? factor : -factor;
            }
        }

        return vectors;
    }
}
