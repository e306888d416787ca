using Vilfredo.Statistics;

namespace Vilfredo.Optimization.ParzenEstimators;

/// <summary>
/// A mixture of one kernel per point and a broad prior, over one variable or several at once: a normal truncated to the
/// bounds for a real variable, its mass on the half-unit around each value for an integer, a smoothed indicator for a category.
/// </summary>
/// <remarks>
/// Source: Bergstra, Bardenet, Bengio and Kegl, NIPS 2011, section 4. A variable of its own has widths from the distances to
/// the neighbouring kernels; a joint density has the widths of Scott's rule for its number of variables.
/// </remarks>
internal sealed class ParzenMixture
{
    private const double FarAway = 8; // standard deviations at which a kernel is left out; its density is below 1e-14 of its peak
    private static readonly double SqrtTwoPi = Math.Sqrt(2 * Math.PI);

    private readonly Variable[] variables;
    private readonly int count; // kernels, the prior included
    private readonly double[][] centers;
    private readonly double[][] widths;
    private readonly double[] coefficients; // weight over the normalisers of all numeric variables
    private readonly double[] cumulative;
    private readonly double[] same;  // of a category: the kernel's mass on its own value
    private readonly double[] other; // and on each other one

    /// <summary>Creates the mixture.</summary>
    /// <param name="variables">The variables.</param>
    /// <param name="points">Per variable the values of the points; in rising order when there is one variable.</param>
    /// <param name="weights">The weight of each point; the prior weighs 1.</param>
    public ParzenMixture(Variable[] variables, double[][] points, ReadOnlySpan<double> weights)
    {
        this.variables = variables;
        count = weights.Length + 1;
        centers = new double[variables.Length][];
        widths = new double[variables.Length][];
        same = new double[variables.Length];
        other = new double[variables.Length];

        // The prior stands in the middle, where its neighbours take their distance from it as from any kernel.
        var prior = weights.Length;
        if (variables.Length == 1 && variables[0].Kind != VariableKind.Categorical)
        {
            prior = points[0].AsSpan().BinarySearch((variables[0].Lower + variables[0].Upper) / 2);
            if (prior < 0) prior = ~prior;
        }

        var total = 1.0;
        foreach (var weight in weights) total += weight;
        coefficients = new double[count];
        for (var i = 0; i < count; i++) coefficients[i] = (i == prior ? 1 : weights[i < prior ? i : i - 1]) / total;
        cumulative = new double[count];
        var sum = 0.0;
        for (var i = 0; i < count; i++) cumulative[i] = sum += coefficients[i];

        for (var j = 0; j < variables.Length; j++)
        {
            var variable = variables[j];
            var center = centers[j] = new double[count];
            for (var i = 0; i < count; i++) center[i] = i == prior ? double.NaN : points[j][i < prior ? i : i - 1];
            if (variable.Kind == VariableKind.Categorical)
            {
                var categories = variable.Upper + 1;
                other[j] = 1 / (count + categories);
                same[j] = (1.0 + count) / (count + categories);
                continue;
            }

            center[prior] = (variable.Lower + variable.Upper) / 2;
            widths[j] = variables.Length == 1 ? NeighbourWidths(center, prior, RangeOf(variable)) : JointWidths(prior, RangeOf(variable));
            Normalize(j);
        }
    }

    private double LowOf(int j) => variables[j].Kind == VariableKind.Integer ? variables[j].Lower - 0.5 : variables[j].Lower;

    private double HighOf(int j) => variables[j].Kind == VariableKind.Integer ? variables[j].Upper + 0.5 : variables[j].Upper;

    private static double RangeOf(Variable variable) =>
        variable.Upper - variable.Lower + (variable.Kind == VariableKind.Integer ? 1 : 0);

    /// <summary>The logarithm of the density at a point.</summary>
    public double LogDensity(ReadOnlySpan<double> point)
    {
        var density = 0.0;
        for (var i = 0; i < count; i++)
        {
            var exponent = 0.0;
            var factor = coefficients[i];
            for (var j = 0; j < point.Length && exponent > -0.5 * FarAway * FarAway; j++)
            {
                var center = centers[j][i];
                if (variables[j].Kind == VariableKind.Categorical)
                {
                    factor *= double.IsNaN(center) ? 1 / (variables[j].Upper + 1) : center == point[j] ? same[j] : other[j];
                    continue;
                }

                var width = widths[j][i];
                if (width == 0) continue; // a fixed variable
                var distance = (point[j] - center) / width;
                if (variables[j].Kind == VariableKind.Real || width > 4)
                {
                    // A wide kernel is as good as flat across half a unit to either side.
                    exponent -= 0.5 * distance * distance;
                }
                else
                {
                    var half = 0.5 / width;
                    var near = Math.Abs(distance);
                    if (near - half > FarAway) exponent = double.NegativeInfinity;
                    else factor *= (SpecialFunctions.NormalCdf(half - near) - SpecialFunctions.NormalCdf(-half - near)) * width * SqrtTwoPi;
                }
            }

            if (exponent > -0.5 * FarAway * FarAway) density += factor * Math.Exp(exponent);
        }

        return Math.Log(Math.Max(density, double.Epsilon));
    }

    /// <summary>Draws a point.</summary>
    public void Sample(RandomGenerator random, Span<double> point)
    {
        var kernel = Pick(cumulative, random.NextDouble() * cumulative[^1]);
        for (var j = 0; j < point.Length; j++)
        {
            var variable = variables[j];
            var center = centers[j][kernel];
            if (variable.Kind == VariableKind.Categorical)
            {
                // The mass that is not the kernel's own extra is uniform.
                var stays = !double.IsNaN(center) && random.NextBoolean(same[j] - other[j]);
                point[j] = stays ? center : variable.FromUnit(random.NextDouble());
                continue;
            }

            var width = widths[j][kernel];
            if (width == 0)
            {
                point[j] = variable.Lower;
                continue;
            }

            var low = SpecialFunctions.NormalCdf((LowOf(j) - center) / width);
            var high = SpecialFunctions.NormalCdf((HighOf(j) - center) / width);
            var probability = Math.Clamp(low + (high - low) * random.NextDouble(), 1e-300, 1 - 1e-16);
            point[j] = variable.Clamp(center + width * SpecialFunctions.NormalQuantile(probability));
        }
    }

    private static int Pick(double[] cumulative, double position)
    {
        var index = Array.BinarySearch(cumulative, position);
        return Math.Min(index < 0 ? ~index : index + 1, cumulative.Length - 1);
    }

    private double[] NeighbourWidths(double[] center, int prior, double range)
    {
        var result = new double[count];
        var least = range / Math.Min(100, 1 + count);
        for (var i = 0; i < count; i++)
        {
            var left = i > 0 ? center[i] - center[i - 1] : 0;
            var right = i < count - 1 ? center[i + 1] - center[i] : 0;
            result[i] = i == prior ? range : Math.Clamp(Math.Max(left, right), least, range);
        }

        return result;
    }

    private double[] JointWidths(int prior, double range)
    {
        var result = new double[count];
        var width = 0.2 * Math.Pow(Math.Max(count - 1, 1), -1.0 / (variables.Length + 4)) * range;
        result.AsSpan().Fill(Math.Max(width, range / Math.Min(100, 1 + count)));
        result[prior] = range;
        return result;
    }

    private void Normalize(int j)
    {
        var (low, high) = (LowOf(j), HighOf(j));
        for (var i = 0; i < count; i++)
        {
            var width = widths[j][i];
            if (width == 0) continue;
            var center = centers[j][i];
            var inside = 1.0;
            if (center - low < FarAway * width || high - center < FarAway * width)
                inside = SpecialFunctions.NormalCdf((high - center) / width) - SpecialFunctions.NormalCdf((low - center) / width);
            coefficients[i] /= inside * width * SqrtTwoPi;
        }
    }
}
