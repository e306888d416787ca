using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.Gradients;

/// <summary>Wolfe's method for <see cref="MinimumNormPoint"/>: the vectors with a weight above 0 are kept affinely independent.</summary>
internal readonly ref struct ActiveSet(ReadOnlySpan<double> vectors, int n, Span<double> weights)
{
    private const double Rounding = 1.4e-14; // 64 units in the last place
    private readonly ReadOnlySpan<double> vectors = vectors;
    private readonly Span<double> weights = weights;
    private readonly List<int> active = [];

    public void Run(Span<double> point)
    {
        var m = weights.Length;
        var (shortest, least, longest) = (0, double.PositiveInfinity, 0.0);
        for (var i = 0; i < m; i++)
        {
            var square = DenseVectors.Dot(Vector(i), Vector(i));
            if (square < least) (shortest, least) = (i, square);
            longest = Math.Max(longest, square);
        }

        weights.Clear();
        weights[shortest] = 1;
        active.Add(shortest);
        longest = Math.Sqrt(longest);
        var saved = new double[m];
        for (var round = 0; round < 100 * (m + n); round++)
        {
            Combine(point);
            var square = DenseVectors.Dot(point, point);
            var (entering, product) = (-1, double.PositiveInfinity);
            for (var i = 0; i < m; i++)
            {
                var with = DenseVectors.Dot(point, Vector(i));
                if (with < product) (entering, product) = (i, with);
            }

            if (product >= square - Rounding * Math.Sqrt(square) * longest || active.Contains(entering)) return;
            weights.CopyTo(saved);
            active.Add(entering);
            if (Restrict(Rounding * longest))
            {
                Combine(point);
                if (DenseVectors.Dot(point, point) < square) continue;
            }

            saved.CopyTo(weights); // no gain beyond rounding
            Combine(point);
            return;
        }
    }

    private ReadOnlySpan<double> Vector(int i) => vectors.Slice(i * n, n);

    private void Combine(Span<double> point)
    {
        point.Clear();
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] != 0) DenseVectors.AddScaled(weights[i], Vector(i), point);
        }
    }

    /// <summary>
    /// Moves to the nearest point of the active vectors' affine hull, dropping those that would get a negative weight; false when
    /// the newest depends on the others.
    /// </summary>
    private bool Restrict(double singular)
    {
        while (active.Count > 1)
        {
            var k = active.Count - 1;
            var differences = new double[k * n];
            for (var a = 0; a < k; a++)
            {
                for (var j = 0; j < n; j++) differences[a * n + j] = Vector(active[a + 1])[j] - Vector(active[0])[j];
            }

            var right = Vector(active[0]).ToArray();
            var y = new double[k + 1];
            if (!LeastSquares.Solve(differences, right, y.AsSpan(1), singular)) return false;
            y[0] = 1;
            for (var a = 1; a <= k; a++)
            {
                y[a] = -y[a];
                y[0] -= y[a];
            }

            if (!Step(y)) return true;
        }

        weights[active[0]] = 1;
        return true;
    }

    /// <summary>Goes towards the weights y as far as none falls below 0; true when that dropped a vector.</summary>
    private bool Step(double[] y)
    {
        var (step, blocking) = (1.0, -1);
        for (var a = 0; a < y.Length; a++)
        {
            if (y[a] > 0) continue;
            var w = weights[active[a]];
            var reach = w > 0 ? w / (w - y[a]) : 0;
            if (blocking < 0 || reach < step) (step, blocking) = (reach, a);
        }

        for (var a = 0; a < y.Length; a++)
        {
            var i = active[a];
            weights[i] = blocking < 0 ? y[a] : Math.Max(0, weights[i] + step * (y[a] - weights[i]));
        }

        if (blocking < 0) return false;
        weights[active[blocking]] = 0;
        for (var a = y.Length - 1; a >= 0 && active.Count > 1; a--)
        {
            if (y[a] <= 0 && weights[active[a]] == 0) active.RemoveAt(a);
        }

        return true;
    }
}
