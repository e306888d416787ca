namespace Vilfredo.ReferenceDirections;

/// <summary>
/// Minimises the logarithm of the Riesz s-energy of points on the simplex by Adam steps (D. P. Kingma and J. Ba, 2015),
/// each followed by a projection back to the simplex. The first m points, its corners, stay.
/// </summary>
/// <remarks>
/// The logarithm keeps s = m^2 from overflowing: every term of the sum is taken relative to that of the closest pair.
/// </remarks>
internal sealed class EnergyDescent
{
    private const double Decay1 = 0.9, Decay2 = 0.99, Tiny = 1e-12;

    // The step is a fraction of the mean spacing; it is halved when no progress was made for some steps.
    private const double FirstStep = 0.1, LastStep = 1e-4;
    private const int Patience = 10;

    private readonly int objectives;
    private readonly double spacing;
    private readonly double[] points, gradient, mean, square;
    private double bestEnergy = double.PositiveInfinity;
    private double step = FirstStep;
    private int time, sinceBest;

    public EnergyDescent(double[] start, int objectives)
    {
        this.objectives = objectives;
        Best = (double[])start.Clone();
        points = (double[])start.Clone();
        gradient = new double[start.Length];
        mean = new double[start.Length];
        square = new double[start.Length];
        spacing = Math.Pow(start.Length / objectives, -1.0 / (objectives - 1));
    }

    public double[] Best { get; }

    public bool Converged => step < LastStep;

    public void Step()
    {
        Array.Clear(gradient);
        var energy = LogEnergy(points, objectives, gradient);
        if (energy < bestEnergy)
        {
            bestEnergy = energy;
            points.CopyTo(Best, 0);
            sinceBest = 0;
        }
        else if (++sinceBest == Patience)
        {
            Best.CopyTo(points, 0);
            Array.Clear(mean);
            Array.Clear(square);
            step /= 2;
            time = sinceBest = 0;
            return;
        }

        Move();
    }

    /// <summary>Computes the log-energy and, when there is room for it, adds its gradient.</summary>
    public static double LogEnergy(ReadOnlySpan<double> points, int objectives, Span<double> gradient)
    {
        var count = points.Length / objectives;
        var nearest = double.PositiveInfinity;
        for (var i = 1; i < count; i++)
        {
            for (var k = 0; k < i; k++)
            {
                nearest = Math.Min(nearest, SquaredDistance(
                    points.Slice(i * objectives, objectives), points.Slice(k * objectives, objectives)));
            }
        }

        if (nearest == 0) return double.PositiveInfinity;
        var exponent = objectives * objectives / 2.0;
        double sum = 0;
        for (var i = 1; i < count; i++)
        {
            var a = points.Slice(i * objectives, objectives);
            for (var k = 0; k < i; k++)
            {
                var b = points.Slice(k * objectives, objectives);
                var squared = SquaredDistance(a, b);
                var term = Math.Pow(nearest / squared, exponent);
                sum += term;
                if (gradient.IsEmpty) continue;
                for (var j = 0; j < objectives; j++)
                {
                    var pull = term * (a[j] - b[j]) / squared;
                    gradient[i * objectives + j] -= pull;
                    gradient[k * objectives + j] += pull;
                }
            }
        }

        return Math.Log(sum) - exponent * Math.Log(nearest);
    }

    public static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (var j = 0; j < a.Length; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
        return sum;
    }

    private void Move()
    {
        // Adam is indifferent to the scale of the gradient, so the constant factor s / sum was left out of it.
        time++;
        double correct1 = 1 - Math.Pow(Decay1, time), correct2 = 1 - Math.Pow(Decay2, time);
        for (var row = objectives * objectives; row < points.Length; row += objectives)
        {
            double norm = 0;
            var slope = gradient.AsSpan(row, objectives);
            var average = 0.0;
            foreach (var g in slope) average += g / objectives;
            foreach (ref var g in slope)
            {
                g -= average;
                norm += g * g;
            }

            // One second moment per point keeps the direction of the step on the simplex.
            square[row] = Decay2 * square[row] + (1 - Decay2) * norm;
            var length = Math.Sqrt(square[row] / correct2) + Tiny;
            for (var j = 0; j < objectives; j++)
            {
                mean[row + j] = Decay1 * mean[row + j] + (1 - Decay1) * slope[j];
                points[row + j] -= step * spacing * mean[row + j] / correct1 / length;
            }

            Project(points.AsSpan(row, objectives));
        }
    }

    private static void Project(Span<double> point)
    {
        double sum = 0;
        foreach (ref var x in point) sum += x = Math.Max(x, 0);
        foreach (ref var x in point) x /= sum;
    }
}
