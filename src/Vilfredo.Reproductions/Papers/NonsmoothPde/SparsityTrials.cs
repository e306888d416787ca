using Vilfredo.Indicators;
using Vilfredo.Optimization.Gradients.Fronts;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Sparse regression: the front of squared loss and L1 norm by the exact path and by a grid of weights. Both axes are in ranges between the end with no coefficient and the end with no penalty.
/// </summary>
internal sealed class SparsityTrials
{
    private const int Weights = 30, PathPoints = 20, Power = 20, MostSteps = 10_000;
    private const double SmallestWeight = 1e-3, Gap = 1e-4; // in parts of the largest weight, and of the loss without coefficients
    private readonly int rows, columns;
    private readonly double[] matrix, target;
    private readonly IReadOnlyList<SparsityKnot> path;

    private SparsityTrials(int rows, int columns, RandomGenerator random)
    {
        (this.rows, this.columns) = (rows, columns);
        matrix = [.. Enumerable.Range(0, rows * columns).Select(_ => random.NextNormal())];
        double[] truth = [.. Enumerable.Range(0, columns).Select(j => j < columns / 5 ? random.NextNormal() : 0)];
        target = [.. Image(truth).Select(value => value + 0.5 * random.NextNormal())];
        path = SparsityPath.Compute(matrix, target);
    }

    /// <summary>Normal columns; a fifth of the coefficients are normal, the others 0; noise of standard deviation 0.5.</summary>
    public static SparsityTrials Draw(int rows, int columns, RandomGenerator random) => new(rows, columns, random);

    /// <summary>
    /// The hypervolume of the path; its cost in gradients: two for each corner (three products of the matrix, rounded up), and the same with the Gram matrices of the active columns, which are n k^2
    /// multiplications where a gradient has 2 n p.
    /// </summary>
    public (double Volume, double Gradients, double Work) Path()
    {
        var (points, gram) = (new List<double>(), 0.0);
        for (var knot = 0; knot < path.Count; knot++)
        {
            gram += Math.Pow(path[knot].Point.Count(value => value != 0), 2) / (2 * columns);
            for (var i = knot == 0 ? PathPoints : 1; i <= PathPoints; i++)
            {
                var (before, share) = (path[Math.Max(0, knot - 1)].Point, (double)i / PathPoints);
                Add(points, [.. before.Zip(path[knot].Point, (from, to) => from + share * (to - from))]);
            }
        }

        return (Volume(points), 2.0 * path.Count, 2.0 * path.Count + gram);
    }

    /// <summary>The hypervolume of the minima of even weights on a logarithmic scale, accelerated proximal steps (Beck and Teboulle 2009) each from the one before, and the gradients they take.</summary>
    public (double Volume, double Gradients) Grid()
    {
        var (points, x, gradients, step) = (new List<double>(), new double[columns], 0, 1 / LargestEigenvalue());
        gradients += Power;
        var largest = path[0].Penalty;
        for (var i = 0; i < Weights; i++)
        {
            var weight = largest * Math.Pow(SmallestWeight, i / (Weights - 1.0));
            var (y, t) = ((double[])[.. x], 1.0);
            for (var k = 0; k < MostSteps; k++)
            {
                var residual = Residual(y);
                var slope = Products(residual); // minus the gradient
                gradients++;
                if (DualityGap(y, residual, slope, weight) <= Gap * 0.5 * target.Sum(value => value * value))
                {
                    x = y;
                    break;
                }

                double[] next = [.. y.Select((value, j) => Shrunk(value + step * slope[j], step * weight))];
                var following = 0.5 * (1 + Math.Sqrt(1 + 4 * t * t));
                y = [.. next.Select((value, j) => value + (t - 1) / following * (value - x[j]))];
                (x, t) = (next, following);
            }

            Add(points, x);
        }

        return (Volume(points), gradients);
    }

    private static double Shrunk(double value, double by) => Math.Sign(value) * Math.Max(0, Math.Abs(value) - by);

    /// <summary>How far a weighted sum is from its minimum at most: the dual point is the residual, scaled until it is feasible.</summary>
    private double DualityGap(double[] x, double[] residual, double[] slope, double weight)
    {
        var scale = Math.Min(1, weight / Math.Max(slope.Max(Math.Abs), 1e-300));
        var primal = 0.5 * residual.Sum(value => value * value) + weight * x.Sum(Math.Abs);
        var dual = residual.Zip(target, (r, b) => scale * r * b - 0.5 * scale * scale * r * r).Sum();
        return primal - dual;
    }

    private double LargestEigenvalue()
    {
        double[] vector = [.. Enumerable.Repeat(1 / Math.Sqrt(columns), columns)];
        var norm = 1.0;
        for (var i = 0; i < Power; i++)
        {
            var next = Products(Image(vector));
            norm = Math.Sqrt(next.Sum(value => value * value));
            vector = [.. next.Select(value => value / norm)];
        }

        return 1.05 * norm; // from below
    }

    private void Add(List<double> points, double[] x)
    {
        var (empty, full) = (path[0].Loss, path[^1]);
        points.Add((0.5 * Residual(x).Sum(value => value * value) - full.Loss) / (empty - full.Loss));
        points.Add(x.Sum(Math.Abs) / full.Norm);
    }

    private static double Volume(List<double> points) => Hypervolume.Compute([.. points], 2, [1.1, 1.1]);

    private double[] Residual(double[] x) => [.. target.Zip(Image(x), (b, image) => b - image)];

    private double[] Image(double[] x)
    {
        var image = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++) image[i] += matrix[i * columns + j] * x[j];
        }

        return image;
    }

    private double[] Products(double[] vector)
    {
        var products = new double[columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++) products[j] += matrix[i * columns + j] * vector[i];
        }

        return products;
    }
}
