using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// The normalisation of NSGA-III: the best values seen go to 0, the intercepts of the hyperplane through the extreme points
/// to 1 (Deb and Jain 2014, section IV-C).
/// </summary>
/// <remarks>
/// The ideal point and the extreme points are those of all generations so far, so that the scale does not jump when one is
/// lost. Where the extreme points span no hyperplane with positive intercepts, the worst values of the first front take the
/// intercepts' place. An intercept beyond the worst value of all first fronts so far is that value: where a front does not reach the axes the
/// plane may meet them far outside of it, and most reference lines would miss the front (J. Blank, K. Deb, P. C. Roy, "Investigating the
/// normalization procedure of NSGA-III", EMO 2019 [memory]). Infinite values do not take part; <see cref="Normalize"/> keeps them far away.
/// </remarks>
internal sealed class FrontNormalization
{
    private const double OffAxisWeight = 1e-6; // of the paper's achievement function
    private const double SmallestIntercept = 1e-10; // relative to the front's range
    private const double Farthest = 1e50; // its square and sums of that are finite

    private readonly int objectiveCount;
    private readonly ExtremePointUnits units;
    private readonly double[] ideal;
    private readonly double[] worst;
    private readonly double[] intercepts;
    private readonly double[] extremes;
    private readonly bool[] hasExtreme;

    public FrontNormalization(int objectiveCount, ExtremePointUnits units = ExtremePointUnits.Scaled)
    {
        this.objectiveCount = objectiveCount;
        this.units = units;
        ideal = new double[objectiveCount];
        ideal.AsSpan().Fill(double.PositiveInfinity);
        worst = new double[objectiveCount];
        worst.AsSpan().Fill(double.NegativeInfinity);
        intercepts = new double[objectiveCount];
        extremes = new double[objectiveCount * objectiveCount];
        hasExtreme = new bool[objectiveCount];
    }

    private FrontNormalization(FrontNormalization source)
    {
        objectiveCount = source.objectiveCount;
        units = source.units;
        ideal = [.. source.ideal];
        worst = [.. source.worst];
        intercepts = [.. source.intercepts];
        extremes = [.. source.extremes];
        hasExtreme = [.. source.hasExtreme];
    }

    public FrontNormalization Copy() => new(this);

    /// <summary>Takes the first front of a generation into account.</summary>
    public void Update(ReadOnlySpan<double> objectives, ReadOnlySpan<int> firstFront)
    {
        Span<double> range = stackalloc double[objectiveCount];
        foreach (var point in firstFront)
        {
            for (var j = 0; j < objectiveCount; j++)
            {
                var value = objectives[point * objectiveCount + j];
                if (!double.IsFinite(value)) continue;
                ideal[j] = Math.Min(ideal[j], value);
                worst[j] = Math.Max(worst[j], value);
            }
        }

        range.Clear();
        foreach (var point in firstFront)
        {
            for (var j = 0; j < objectiveCount; j++)
            {
                var value = objectives[point * objectiveCount + j];
                if (double.IsFinite(value)) range[j] = Math.Max(range[j], value - ideal[j]);
            }
        }

        foreach (ref var width in range)
        {
            if (!(width > 0)) width = 1; // a constant objective has no scale of its own
        }

        for (var axis = 0; axis < objectiveCount; axis++) UpdateExtreme(axis, objectives, firstFront, range);
        if (!hasExtreme.AsSpan().Contains(false) && Intercepts(range)) return;
        range.CopyTo(intercepts);
    }

    /// <summary>Writes the normalised values of a point.</summary>
    public void Normalize(ReadOnlySpan<double> point, Span<double> normalized)
    {
        for (var j = 0; j < objectiveCount; j++)
        {
            var origin = double.IsFinite(ideal[j]) ? ideal[j] : 0;
            normalized[j] = Math.Clamp((point[j] - origin) / intercepts[j], 0, Farthest);
        }
    }

    // The point of the least achievement value along an axis.
    private void UpdateExtreme(int axis, ReadOnlySpan<double> objectives, ReadOnlySpan<int> firstFront, ReadOnlySpan<double> range)
    {
        var extreme = extremes.AsSpan(axis * objectiveCount, objectiveCount);
        var best = hasExtreme[axis] ? Achievement(axis, extreme, range) : double.PositiveInfinity;
        foreach (var point in firstFront)
        {
            var values = objectives.Slice(point * objectiveCount, objectiveCount);
            var achievement = Achievement(axis, values, range);
            if (!(achievement < best)) continue;
            best = achievement;
            values.CopyTo(extreme);
            hasExtreme[axis] = true;
        }
    }

    private double Achievement(int axis, ReadOnlySpan<double> values, ReadOnlySpan<double> range)
    {
        var worst = 0.0;
        for (var j = 0; j < objectiveCount; j++)
        {
            if (!double.IsFinite(values[j])) return double.PositiveInfinity;
            var value = (values[j] - ideal[j]) / (units == ExtremePointUnits.Raw ? 1 : range[j]);
            worst = Math.Max(worst, j == axis ? value : value / OffAxisWeight);
        }

        return worst;
    }

    private bool Intercepts(ReadOnlySpan<double> range)
    {
        var matrix = new double[objectiveCount, objectiveCount];
        var normal = new double[objectiveCount];
        normal.AsSpan().Fill(1);
        for (var row = 0; row < objectiveCount; row++)
        {
            for (var j = 0; j < objectiveCount; j++)
                matrix[row, j] = (extremes[row * objectiveCount + j] - ideal[j]) / range[j];
        }

        if (!LinearEquations.Solve(matrix, normal)) return false;
        foreach (var value in normal)
        {
            if (!(1 / value > SmallestIntercept && double.IsFinite(1 / value))) return false;
        }

        for (var j = 0; j < objectiveCount; j++)
        {
            var seen = worst[j] - ideal[j];
            intercepts[j] = seen > 0 ? Math.Min(range[j] / normal[j], seen) : range[j] / normal[j];
        }

        return true;
    }
}
