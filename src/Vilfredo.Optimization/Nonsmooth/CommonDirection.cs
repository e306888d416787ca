using Vilfredo.Optimization.Gradients;
using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.Nonsmooth;

/// <summary>The inner loop of <see cref="NonsmoothDescent"/>: subgradients are collected until their least combination lowers all objectives.</summary>
internal sealed class CommonDirection(IReadOnlyList<ILipschitzObjective> objectives, NonsmoothDescentOptions options, RandomGenerator? random)
{
    private const int Halvings = 60;
    private readonly Queue<(double[] Point, double[] Subgradient)>[] memory = [.. objectives.Select(_ => new Queue<(double[], double[])>())];

    public long Evaluations { get; private set; }

    public long Subgradients { get; private set; }

    public static double[] Along(double[] x, double t, double[] direction)
    {
        var point = x.AsSpan().ToArray();
        DenseVectors.AddScaled(t, direction, point);
        return point;
    }

    /// <summary>Whether a value fell by at least so much; when that is below rounding, it must fall at all.</summary>
    public static bool Lowers(double from, double to, double fall) => to <= from - fall && to < from;

    public double[] Evaluate(double[] x)
    {
        var values = new double[objectives.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Value(i, x);
        return values;
    }

    /// <summary>Finds the direction; its norm is at most delta where x is critical at this level.</summary>
    public double[] Find(double[] x, double[] values, double radius, double delta)
    {
        var rows = new List<double[]>();
        for (var i = 0; i < objectives.Count; i++) rows.Add(Subgradient(i, x));
        Remembered(x, radius, rows);
        for (var sample = 0; sample < options.Samples; sample++)
        {
            for (var i = 0; i < objectives.Count && rows.Count < options.MaximumSubgradients; i++) rows.Add(Subgradient(i, InBall(x, radius)));
        }

        while (true)
        {
            var direction = Least(rows);
            var square = DenseVectors.Dot(direction, direction);
            var norm = Math.Sqrt(square);
            if (norm <= delta || !options.Bisection) return direction;
            var end = radius / norm;
            var found = false;
            for (var i = 0; i < objectives.Count && rows.Count < options.MaximumSubgradients; i++)
            {
                var there = Value(i, Along(x, end, direction));
                if (Lowers(values[i], there, options.Sufficient * radius * norm)) continue;
                if (Bisect(i, x, values[i], there, direction, end, square) is not { } subgradient) continue;
                if (rows.Exists(row => row.AsSpan().SequenceEqual(subgradient))) continue; // the values differ by rounding only
                rows.Add(subgradient);
                found = true;
            }

            if (!found) return direction;
        }
    }

    /// <summary>A subgradient on the segment whose product with the direction is above -c times the direction's square.</summary>
    private double[]? Bisect(int i, double[] x, double value, double there, double[] direction, double end, double square)
    {
        // h(t) = f(x + t v) - f(x) + slope t |v|^2 has h(end) > 0 = h(0): some half of every interval has an increase.
        var slope = 0.5 * (options.Sufficient - (there - value) / (end * square));
        var (a, b) = (0.0, end);
        var highEnd = there - value + slope * end * square;
        for (var halving = 0; halving < Halvings; halving++)
        {
            var t = halving == 0 ? end : 0.5 * (a + b);
            var point = Along(x, t, direction);
            var subgradient = Subgradient(i, point);
            if (DenseVectors.Dot(subgradient, direction) > -options.Sufficient * square) return subgradient;
            if (halving == 0) continue;
            var middle = Value(i, point) - value + slope * t * square;
            if (highEnd > middle) a = t;
            else (b, highEnd) = (t, middle);
        }

        return null;
    }

    private static double[] Least(List<double[]> rows)
    {
        // By the vectors, not by their inner products: the norm must be right down to delta, far below the square root of rounding.
        var n = rows[0].Length;
        var matrix = new double[rows.Count * n];
        for (var i = 0; i < rows.Count; i++) rows[i].CopyTo(matrix, i * n);
        var direction = new double[n];
        MinimumNormPoint.Solve(matrix, new double[rows.Count], direction);
        for (var j = 0; j < n; j++) direction[j] = -direction[j];
        return direction;
    }

    /// <summary>Adds what is remembered from the ball, but the points that are x itself.</summary>
    private void Remembered(double[] x, double radius, List<double[]> rows)
    {
        for (var i = 0; i < memory.Length; i++)
        {
            foreach (var (point, subgradient) in memory[i])
            {
                if (rows.Count == options.MaximumSubgradients) return;
                var square = 0.0;
                for (var j = 0; j < x.Length; j++) square += (point[j] - x[j]) * (point[j] - x[j]);
                if (square > 0 && square <= radius * radius) rows.Add(subgradient);
            }
        }
    }

    private double[] InBall(double[] x, double radius)
    {
        var direction = new double[x.Length];
        for (var j = 0; j < direction.Length; j++) direction[j] = random!.NextNormal();
        var length = radius * Math.Pow(random!.NextDouble(), 1.0 / x.Length) / Math.Sqrt(DenseVectors.Dot(direction, direction));
        return Along(x, length, direction);
    }

    private double Value(int i, double[] x)
    {
        Evaluations++;
        return objectives[i].Value(x);
    }

    private double[] Subgradient(int i, double[] x)
    {
        Subgradients++;
        var subgradient = new double[x.Length];
        objectives[i].Subgradient(x, subgradient);
        if (options.Memory > 0)
        {
            if (memory[i].Count == options.Memory) memory[i].Dequeue();
            memory[i].Enqueue((x, subgradient));
        }

        return subgradient;
    }
}
