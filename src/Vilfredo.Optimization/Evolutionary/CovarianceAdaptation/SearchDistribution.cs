namespace Vilfredo.Optimization.Evolutionary;

/// <summary>The normal distribution from which one point's children are drawn: step size, success rate, evolution path and the Cholesky factor of its covariance. Immutable.</summary>
/// <remarks>
/// The (1+1)-CMA-ES of C. Igel, N. Hansen, S. Roth, "Covariance matrix adaptation for multi-objective optimization", Evolutionary Computation 15(1), 2007, section 2.2.
/// The factor is updated in place of the covariance, O(n^2) (T. Suttorp, N. Hansen, C. Igel, Machine Learning 75(2), 2009). Variables are in units of their ranges.
/// </remarks>
internal sealed class SearchDistribution
{
    private const double TargetSuccess = 1 / 5.5;
    private const double StallingSuccess = 0.44; // beyond, the step is too small for the path to tell anything
    private const double SmallestStep = 1e-12;
    private const double LargestStep = 10;

    private readonly int n;
    private readonly double[] path;
    private readonly double[] factor; // lower triangle, n x n row-major

    /// <summary>An isotropic distribution.</summary>
    public SearchDistribution(int variables, double step)
    {
        (n, Step, SuccessRate) = (variables, step, TargetSuccess);
        path = new double[n];
        factor = new double[n * n];
        for (var i = 0; i < n; i++) factor[i * n + i] = 1;
    }

    private SearchDistribution(SearchDistribution source, double step, double successRate, double[] path, double[] factor) =>
        (n, Step, SuccessRate, this.path, this.factor) = (source.n, step, successRate, path, factor);

    /// <summary>The step size, in units of the variables' ranges.</summary>
    public double Step { get; }

    /// <summary>The smoothed share of children that survived.</summary>
    public double SuccessRate { get; }

    /// <summary>The covariance of a step of size 1, n x n row-major.</summary>
    public double[] Covariance
    {
        get
        {
            var covariance = new double[n * n];
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    var sum = 0.0;
                    for (var k = 0; k <= j; k++) sum += factor[i * n + k] * factor[j * n + k];
                    covariance[i * n + j] = covariance[j * n + i] = sum;
                }
            }

            return covariance;
        }
    }

    /// <summary>Writes a step from the point.</summary>
    public void Draw(RandomGenerator random, Span<double> step)
    {
        Span<double> normal = n <= 256 ? stackalloc double[n] : new double[n];
        foreach (ref var value in normal) value = random.NextNormal();
        for (var i = 0; i < n; i++)
        {
            var sum = 0.0;
            for (var k = 0; k <= i; k++) sum += factor[i * n + k] * normal[k];
            step[i] = Step * sum;
        }
    }

    /// <summary>After a child: whether it survived moves the step size.</summary>
    public SearchDistribution AfterChild(bool isSuccess)
    {
        var rate = TargetSuccess / (2 + TargetSuccess);
        var success = (1 - rate) * SuccessRate + (isSuccess ? rate : 0);
        var damping = 1 + n / 2.0;
        var step = Step * Math.Exp((success - TargetSuccess) / (damping * (1 - TargetSuccess)));
        return new(this, Math.Clamp(step, SmallestStep, LargestStep), success, path, factor);
    }

    /// <summary>The distribution of a child that survived: the covariance learns the step that led to it.</summary>
    /// <param name="step">The step in units of the variables' ranges, as it was taken.</param>
    /// <param name="size">The step size with which it was drawn.</param>
    public SearchDistribution Learn(ReadOnlySpan<double> step, double size)
    {
        var (c, learning) = (2.0 / (n + 2), 2.0 / (n * (double)n + 6));
        var moves = SuccessRate < StallingSuccess;
        var nextPath = new double[n];
        for (var i = 0; i < n; i++)
            nextPath[i] = (1 - c) * path[i] + (moves ? Math.Sqrt(c * (2 - c)) * step[i] / size : 0);
        // A path that stands still is made up for by what is kept of the covariance.
        var keep = 1 - learning + (moves ? 0 : learning * c * (2 - c));
        return new(this, Step, SuccessRate, nextPath, RankOne(keep, learning, nextPath));
    }

    // The factor of keep A A' + weight v v'.
    private double[] RankOne(double keep, double weight, double[] v)
    {
        var next = new double[factor.Length];
        var root = Math.Sqrt(keep);
        for (var i = 0; i < next.Length; i++) next[i] = root * factor[i];
        var rest = new double[n];
        for (var i = 0; i < n; i++) rest[i] = Math.Sqrt(weight) * v[i];
        for (var k = 0; k < n; k++)
        {
            var diagonal = next[k * n + k];
            var radius = Math.Sqrt(diagonal * diagonal + rest[k] * rest[k]);
            var (cos, sin) = (radius / diagonal, rest[k] / diagonal);
            next[k * n + k] = radius;
            for (var i = k + 1; i < n; i++)
            {
                next[i * n + k] = (next[i * n + k] + sin * rest[i]) / cos;
                rest[i] = cos * rest[i] - sin * next[i * n + k];
            }
        }

        return next;
    }
}
