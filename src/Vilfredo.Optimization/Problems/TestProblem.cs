namespace Vilfredo.Optimization.Problems;

/// <summary>A problem of the literature, with what is known of its true Pareto front.</summary>
public abstract class TestProblem : IProblem
{
    private protected TestProblem(string name, string source, DecisionSpace space, int objectives, int constraints = 0)
    {
        Name = name;
        Source = source;
        Space = space;
        ObjectiveCount = objectives;
        ConstraintCount = constraints;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Where the problem was published.</summary>
    public string Source { get; }

    /// <inheritdoc/>
    public DecisionSpace Space { get; }

    /// <inheritdoc/>
    public int ObjectiveCount { get; }

    /// <inheritdoc/>
    public int ConstraintCount { get; }

    /// <summary>Whether the true Pareto front is known, so that it can be sampled.</summary>
    public virtual bool HasKnownFront => true;

    /// <summary>The best value of each objective over the true front, or over the best approximation of it that is known; empty when neither is.</summary>
    public virtual ReadOnlySpan<double> Ideal => IdealPoint;

    /// <summary>The worst value of each objective over the true front, or over the best approximation of it that is known; empty when neither is.</summary>
    public virtual ReadOnlySpan<double> Nadir => NadirPoint;

    private protected double[] IdealPoint { get; init; } = [];

    private protected double[] NadirPoint { get; init; } = [];

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> decisions, int count, Span<double> objectives, Span<double> constraints)
    {
        Evaluation.CheckShape(this, decisions, count, objectives, constraints);
        var (n, m, k) = (Space.Count, ObjectiveCount, ConstraintCount);
        for (var i = 0; i < count; i++)
            EvaluatePoint(decisions.Slice(i * n, n), objectives.Slice(i * m, m), constraints.Slice(i * k, k));
    }

    /// <summary>Points of the true Pareto front, spread over all of it.</summary>
    /// <param name="count">
    /// How many, at least 2. Where the front is one of separate parts that have to be filtered, or finite, there may be fewer.
    /// </param>
    /// <returns>Row-major objective values.</returns>
    /// <exception cref="InvalidOperationException">The front is not known (<see cref="HasKnownFront"/> is false).</exception>
    public double[] SampleFront(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        return HasKnownFront
            ? Front(count)
            : throw new InvalidOperationException($"No closed form of the true front of {Name} is known; compare with a reference set instead.");
    }

    private protected abstract void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g);

    private protected abstract double[] Front(int count);

    /// <summary>The front of a two-objective problem as a function of its first objective on separate intervals.</summary>
    private protected static double[] Curve(int count, ReadOnlySpan<(double Low, double High)> intervals, Func<double, double> second)
    {
        var length = 0.0;
        foreach (var (low, high) in intervals) length += high - low;

        var front = new double[2 * count];
        for (var i = 0; i < count; i++)
        {
            var rest = length * i / (count - 1);
            var first = intervals[^1].High;
            foreach (var (low, high) in intervals)
            {
                if (rest <= high - low)
                {
                    first = low + rest;
                    break;
                }

                rest -= high - low;
            }

            front[2 * i] = first;
            front[2 * i + 1] = second(first);
        }

        return front;
    }

    /// <summary>The non-dominated points of a two-objective set, in rising order of the first objective.</summary>
    private protected static double[] NonDominatedOfTwo(List<(double First, double Second)> points)
    {
        points.Sort();
        var front = new List<double>();
        var best = double.PositiveInfinity;
        foreach (var (first, second) in points)
        {
            if (second >= best) continue;
            best = second;
            front.Add(first);
            front.Add(second);
        }

        return [.. front];
    }

    /// <summary>Lowest and highest value of each objective over a set of points.</summary>
    private protected static (double[] Ideal, double[] Nadir) Extremes(double[] front, int objectives)
    {
        var ideal = front[..objectives];
        var nadir = front[..objectives];
        for (var i = objectives; i < front.Length; i++)
        {
            ideal[i % objectives] = Math.Min(ideal[i % objectives], front[i]);
            nadir[i % objectives] = Math.Max(nadir[i % objectives], front[i]);
        }

        return (ideal, nadir);
    }
}
