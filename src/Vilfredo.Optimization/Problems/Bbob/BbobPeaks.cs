using static Vilfredo.Optimization.Problems.BbobTransformations;

namespace Vilfredo.Optimization.Problems;

/// <summary>The BBOB functions 21 and 22: the best of 101 or 21 Gaussian peaks (Gallagher).</summary>
internal static class BbobPeaks
{
    private const double HighestPeak = 10, LowestLocal = 1.1, HighestLocal = 9.1, LargestCondition = 1000;

    public static (double[] Optimum, BbobLandscape Value) Create(int number, int n, long seed)
    {
        var peaks = number == 21 ? 101 : 21;
        var (width, half, bestCondition) = number == 21 ? (10.0, 5.0, Math.Sqrt(LargestCondition)) : (9.8, 4.9, LargestCondition);
        var rotation = BbobRandom.Rotation(n, seed);
        var heights = new double[peaks];
        var scales = new double[peaks * n];
        var order = SortedPlaces(peaks - 1, seed);
        for (var p = 0; p < peaks; p++)
        {
            heights[p] = p == 0 ? HighestPeak : (double)(p - 1) / (peaks - 2) * (HighestLocal - LowestLocal) + LowestLocal;
            var condition = p == 0 ? bestCondition : Math.Pow(LargestCondition, (double)order[p - 1] / (peaks - 2));
            var axes = SortedPlaces(n, seed + 1000L * p);
            for (var j = 0; j < n; j++) scales[p * n + j] = Math.Pow(condition, Place(axes[j], n) - 0.5);
        }

        var places = BbobRandom.Uniform(n * peaks, seed);
        var centers = new double[peaks * n]; // rotated
        var optimum = new double[n];
        for (var p = 0; p < peaks; p++)
        {
            var center = new double[n];
            // The best peak lies further inside than the others may.
            for (var j = 0; j < n; j++) center[j] = (p == 0 ? 0.8 : 1) * (width * places[p * n + j] - half);
            if (p == 0) optimum = center;
            Times(rotation, center).CopyTo(centers.AsSpan(p * n));
        }

        return (optimum, x =>
        {
            var z = Times(rotation, x);
            var highest = 0.0;
            for (var p = 0; p < peaks; p++)
            {
                var distance = 0.0;
                for (var j = 0; j < n; j++)
                {
                    var difference = z[j] - centers[p * n + j];
                    distance += scales[p * n + j] * difference * difference;
                }

                highest = Math.Max(highest, heights[p] * Math.Exp(-0.5 / n * distance));
            }

            var depth = Oscillate(HighestPeak - highest);
            return depth * depth + Outside(x);
        }
        );
    }

    // The places of random numbers in rising order.
    private static int[] SortedPlaces(int count, long seed)
    {
        var numbers = BbobRandom.Uniform(count, seed);
        var places = Enumerable.Range(0, count).ToArray();
        Array.Sort(numbers, places);
        return places;
    }
}
