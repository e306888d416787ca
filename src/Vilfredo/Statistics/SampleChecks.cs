using System.Runtime.CompilerServices;

namespace Vilfredo.Statistics;

/// <summary>The checks that samples meet at the public edge.</summary>
internal static class SampleChecks
{
    public static void NotEmptyNorNaN(
        ReadOnlySpan<double> sample, [CallerArgumentExpression(nameof(sample))] string parameter = "sample")
    {
        if (sample.IsEmpty) throw new ArgumentException($"{parameter} is empty; give at least one value.", parameter);
        for (var i = 0; i < sample.Length; i++)
        {
            if (double.IsNaN(sample[i]))
            {
                throw new ArgumentException(
                    $"{parameter}: value {i} is NaN. NaN is an invalid measurement; remove it or record the trial as failed.", parameter);
            }
        }
    }

    public static void Finite(
        ReadOnlySpan<double> sample, [CallerArgumentExpression(nameof(sample))] string parameter = "sample")
    {
        NotEmptyNorNaN(sample, parameter);
        for (var i = 0; i < sample.Length; i++)
        {
            if (double.IsInfinity(sample[i]))
            {
                throw new ArgumentException(
                    $"{parameter}: value {i} is {sample[i]}, which cannot be averaged; give finite values, and a cost that was "
                    + "cut off as a CensoredValue.", parameter);
            }
        }
    }

    public static void SameLength(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException(
                $"A paired analysis needs equally long samples; given {first.Length} and {second.Length} values.", nameof(second));
        }
    }

    public static void Sizes(ReadOnlySpan<int> sizes, int total, string parameter = "sizes")
    {
        if (sizes.IsEmpty) throw new ArgumentException($"{parameter} is empty; give at least one group.", parameter);
        long sum = 0;
        for (var i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] < 1) throw new ArgumentException($"{parameter}: group {i} has {sizes[i]} values; each needs at least 1.", parameter);
            sum += sizes[i];
        }

        if (sum != total) throw new ArgumentException($"{parameter} sum to {sum} but {total} values are given; they must agree.", parameter);
    }

    public static void Level(double level, [CallerArgumentExpression(nameof(level))] string parameter = "level")
    {
        if (level is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(parameter, level, "A level lies strictly between 0 and 1, such as 0.95.");
    }
}
