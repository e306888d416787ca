namespace Vilfredo.Optimization.Gradients.Descents;

/// <summary>What a path follows, and when a step is an improvement (L. Armijo, Pacific Journal of Mathematics 16, 1966; for all objectives at once J. Fliege and B. F. Svaiter 2000).</summary>
internal abstract class DescentRule
{
    // The share of the promised fall that a step must keep.
    private const double Promise = 1e-4;

    /// <summary>The weights of the gradients; a step goes against their sum.</summary>
    /// <param name="gram">The inner products of the gradients.</param>
    /// <param name="weights">One per objective; overwritten.</param>
    public abstract void Weigh(ReadOnlySpan<double> gram, Span<double> weights);

    /// <summary>Whether a step is to be taken, and by what multiple of it a parabola along it ends lowest.</summary>
    /// <param name="before">The objectives, in their units, where it starts.</param>
    /// <param name="changes">What the gradients promise.</param>
    /// <param name="after">The objectives where it leads.</param>
    public abstract (bool Improves, double Multiple) Judge(ReadOnlySpan<double> before, ReadOnlySpan<double> changes, ReadOnlySpan<double> after);

    /// <summary>The rule of a method for the path of a number.</summary>
    public static DescentRule For(DescentMethod method, DescentOptions options, double[] direction, RandomGenerator random) => method switch
    {
        DescentMethod.MultipleGradientDescent => new EachFalls(new MultipleGradientDescent()),
        DescentMethod.NashBargaining => new EachFalls(new NashBargaining()),
        DescentMethod.ProjectedConflicts => new SumFalls(new ProjectedConflicts(random), null),
        DescentMethod.ConflictAverse => new SumFalls(new ConflictAverse(options.Radius), null),
        DescentMethod.WeightedSum => new SumFalls(null, direction),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "There is no such method."),
    };

    // Whether a quantity falls, and by its share of the promise.
    private static (bool Improves, double Multiple) Falls(double before, double change, double after) =>
        (after < before && after <= before + Promise * Math.Min(0, change), Lowest(before, change, after));

    // The parabola with the slope of the promise through both values: its lowest point in steps, infinity when it has none ahead.
    private static double Lowest(double before, double change, double after)
    {
        var curvature = after - before - change;
        return change < 0 && curvature > 0 ? -change / (2 * curvature) : double.PositiveInfinity;
    }

    private sealed class EachFalls(IGradientCombiner combiner) : DescentRule
    {
        public override void Weigh(ReadOnlySpan<double> gram, Span<double> weights) => combiner.Weigh(gram, weights);

        public override (bool Improves, double Multiple) Judge(ReadOnlySpan<double> before, ReadOnlySpan<double> changes, ReadOnlySpan<double> after)
        {
            var (every, any, multiple) = (true, false, double.PositiveInfinity);
            for (var j = 0; j < before.Length; j++)
            {
                every &= after[j] <= before[j] + Promise * Math.Min(0, changes[j]);
                any |= after[j] < before[j];
                multiple = Math.Min(multiple, Lowest(before[j], changes[j], after[j]));
            }

            return (every && any, multiple);
        }
    }

    private sealed class SumFalls(IGradientCombiner? combiner, double[]? weighting) : DescentRule
    {
        public override void Weigh(ReadOnlySpan<double> gram, Span<double> weights)
        {
            if (combiner is not null) combiner.Weigh(gram, weights);
            else weighting.CopyTo(weights);
        }

        public override (bool Improves, double Multiple) Judge(ReadOnlySpan<double> before, ReadOnlySpan<double> changes, ReadOnlySpan<double> after) =>
            Falls(Sum(before), Sum(changes), Sum(after));

        private double Sum(ReadOnlySpan<double> values)
        {
            var sum = 0.0;
            for (var j = 0; j < values.Length; j++) sum += (weighting?[j] ?? 1) * values[j];
            return sum;
        }
    }
}
