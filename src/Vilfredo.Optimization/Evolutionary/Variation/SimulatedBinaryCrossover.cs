using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// Simulated binary crossover (SBX) of real and integer variables, in its bounded form: children spread around their
/// parents like those of one-point crossover of binary strings, and never leave the bounds.
/// </summary>
/// <remarks>
/// <para>Source: K. Deb, R. B. Agrawal, "Simulated binary crossover for continuous search space", Complex Systems 9, 1995;
/// the bounded form is that of the authors' NSGA-II program. Each variable is crossed with probability 1/2; the two
/// resulting values go to the two children in random order. Far from the bounds the mean of the children is the mean of
/// the parents.</para>
/// <para>An integer k is taken as the cell [k - 1/2, k + 1/2]: bounds are half a unit further out and results are rounded,
/// so the values at the bounds are as likely as any other.</para>
/// </remarks>
public sealed class SimulatedBinaryCrossover : ICrossover
{
    // Variables are handled in blocks of one random bit each; the vectors of a block stay in the first-level cache.
    private const int Block = 64;

    // Parents that agree up to rounding have nothing to recombine.
    private const double SmallestDifference = 1e-14;

    private readonly int[] variables;
    private readonly double[] lower;
    private readonly double[] upper;
    private readonly bool anyInteger;
    private readonly bool[] isInteger;
    private readonly double exponent;
    private readonly int wholeExponent; // the exponent when it is a whole number, else 0

    /// <summary>Creates the operator for the real and integer variables of a space.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="distributionIndex">
    /// How near children stay to their parents, at least 0: larger is nearer; 20 in the NSGA-II paper.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="distributionIndex"/> is negative or not finite.</exception>
    public SimulatedBinaryCrossover(DecisionSpace space, double distributionIndex = 20)
    {
        ArgumentNullException.ThrowIfNull(space);
        VariationOptions.CheckIndex(distributionIndex, nameof(distributionIndex));
        DistributionIndex = distributionIndex;
        exponent = distributionIndex + 1;
        wholeExponent = exponent <= 1_000 && Math.Floor(exponent) == exponent ? (int)exponent : 0;

        variables = NumericVariables.Of(space);
        lower = NumericVariables.LowerOf(space, variables);
        upper = NumericVariables.UpperOf(space, variables);
        isInteger = Array.ConvertAll(variables, j => space.Variables[j].Kind == VariableKind.Integer);
        anyInteger = isInteger.Contains(true);
    }

    /// <summary>How near children stay to their parents; larger is nearer.</summary>
    public double DistributionIndex { get; }

    /// <inheritdoc/>
    public void Cross(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, Span<double> firstChild, Span<double> secondChild, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        for (var start = 0; start < variables.Length; start += Block)
            CrossBlock(start, Math.Min(Block, variables.Length - start), first, second, firstChild, secondChild, random);
    }

    [SkipLocalsInit]
    private unsafe void CrossBlock(
        int start,
        int length,
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        Span<double> firstChild,
        Span<double> secondChild,
        RandomGenerator random)
    {
        var crossed = random.NextUInt64();
        if (length < Block) crossed &= (1UL << length) - 1;
        var swapped = random.NextUInt64();

        // Gather what is crossed, padded to whole vectors.
        var positions = stackalloc int[Block];
        var low = stackalloc double[5 * Block];
        double* high = low + Block, min = high + Block, max = min + Block, uniform = max + Block;
        var count = 0;
        for (; crossed != 0; crossed &= crossed - 1)
        {
            var position = start + BitOperations.TrailingZeroCount(crossed);
            var (a, b) = (first[variables[position]], second[variables[position]]);
            if (Math.Abs(a - b) <= SmallestDifference) continue;
            positions[count] = position;
            low[count] = lower[position];
            high[count] = upper[position];
            min[count] = Math.Min(a, b);
            max[count] = Math.Max(a, b);
            uniform[count++] = random.NextDouble();
        }

        for (var i = count; i % 4 != 0; i++) (low[i], high[i], min[i], max[i], uniform[i]) = (0, 1, 0, 1, 0.5);

        // The results overwrite min and max.
        for (var i = 0; i < count; i += 4) Spread(low + i, high + i, min + i, max + i, uniform + i);

        for (var i = 0; i < count; i++)
        {
            var position = positions[i];
            var (a, b) = (min[i], max[i]);
            if (anyInteger && isInteger[position])
            {
                a = NumericVariables.Round(a, lower[position], upper[position]);
                b = NumericVariables.Round(b, lower[position], upper[position]);
            }

            if ((swapped >> i & 1) != 0) (a, b) = (b, a);
            firstChild[variables[position]] = a;
            secondChild[variables[position]] = b;
        }
    }

    private unsafe void Spread(double* low, double* high, double* min, double* max, double* uniform)
    {
        var (l, h) = (Vector256.Load(low), Vector256.Load(high));
        var (y1, y2) = (Vector256.Load(min), Vector256.Load(max));
        var u = Vector256.Load(uniform);
        var distance = y2 - y1;
        var middle = 0.5 * (y1 + y2);
        var half = 0.5 * distance;
        var first = middle - SpreadFactor(u, distance, y1 - l) * half;
        var second = middle + SpreadFactor(u, distance, h - y2) * half;
        Vector256.Store(Vector256.Min(Vector256.Max(first, l), h), min);
        Vector256.Store(Vector256.Min(Vector256.Max(second, l), h), max);
    }

    // The spread factor beta_q whose distribution is cut where a child would meet the bound: with
    // beta = 1 + 2 room / distance and alpha = 2 - beta^-(eta + 1), it is (u alpha)^(1 / (eta + 1)) for u <= 1 / alpha, else
    // (2 - u alpha)^(-1 / (eta + 1)).
    private Vector256<double> SpreadFactor(Vector256<double> u, Vector256<double> distance, Vector256<double> room)
    {
        var inverse = distance / (distance + 2 * room);
        var cut = wholeExponent > 0 ? VectorPower.Power(inverse, wholeExponent) : VectorPower.Power(inverse, Vector256.Create(exponent));
        var scaled = u * (Vector256.Create(2.0) - cut);
        var contracting = Vector256.LessThanOrEqual(scaled, Vector256<double>.One);
        var value = Vector256.ConditionalSelect(contracting, scaled, Vector256.Create(2.0) - scaled);
        var power = Vector256.ConditionalSelect(contracting, Vector256.Create(1 / exponent), Vector256.Create(-1 / exponent));
        return VectorPower.Power(value, power);
    }
}
