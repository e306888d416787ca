using Vilfredo.Indicators;
using Vilfredo.Optimization.Gradients.Fronts;
using Vilfredo.Optimization.Nonsmooth;
using Vilfredo.Optimization.Nonsmooth.Elliptic;

namespace Vilfredo.Reproductions.Papers;

/// <summary>One control problem with random targets, and its fronts by several methods with what they cost.</summary>
internal sealed class ControlFronts
{
    private const double Kappa = 100, ControlWeight = 5e-5, EndWeight = 1e-3;
    private const double ErrorShare = 5e-4; // the surrogate's tolerance, in ranges: half of what the claim allows
    private readonly double bumpX, bumpY, height, amplitude;
    private readonly int points;
    private readonly double[] low, range;

    private ControlFronts(int points, RandomGenerator random)
    {
        this.points = points;
        (bumpX, bumpY) = (random.NextDouble(0.25, 0.75), random.NextDouble(0.25, 0.75));
        (height, amplitude) = (random.NextDouble(0.3, 0.6), random.NextDouble(0.2, 0.4));
        var problem = Problem();
        var first = OptimalitySystem.Solve(problem, [1 - EndWeight, EndWeight], new double[4]);
        var second = OptimalitySystem.Solve(problem, [EndWeight, 1 - EndWeight], new double[4]);
        if (!(first.Converged && second.Converged)) throw new InvalidOperationException("The ends of the front were not found.");
        low = [first.Values[0], second.Values[1]];
        range = [second.Values[0] - first.Values[0], first.Values[1] - second.Values[1]];
    }

    /// <summary>The problem of a grid of N x N points.</summary>
    public static ControlFronts Draw(int points, RandomGenerator random) => new(points, random);

    public Dictionary<string, double> ReferencePoints()
    {
        var problem = Problem();
        return Describe(ReferencePointFront.Compute(problem, new double[4], Options), problem.Factorizations, march: true);
    }

    public Dictionary<string, double> WeightedSums(int count)
    {
        var problem = Problem();
        return Describe(WeightedSumFront.Compute(problem, new double[4], Weights(count)), problem.Factorizations, march: false);
    }

    public Dictionary<string, double> OptimalitySystems(int count)
    {
        var problem = Problem();
        var (front, steps, start, stationary) = (new List<FrontPoint>(), 0L, new double[4], 0);
        foreach (var weights in Weights(count))
        {
            var result = OptimalitySystem.Solve(problem, weights, start);
            steps += result.Steps;
            if (!result.Converged) continue;
            stationary++;
            start = [.. result.Control];
            front.Add(new FrontPoint(result.Control, result.Values));
        }

        var values = Describe(front, problem.Factorizations + steps, march: false);
        values["stationary share"] = (double)stationary / count;
        return values;
    }

    public Dictionary<string, double> ReducedReferencePoints()
    {
        var problem = Problem();
        var surrogate = new ReducedControl(problem, [1, 1, 1, 1], [.. range.Select(r => ErrorShare * r)]);
        var front = ReferencePointFront.Compute(surrogate, new double[4], Options);
        var cost = problem.Factorizations + 1; // one for the factor of the bound
        var exact = Problem();
        var (truth, error, effectivity) = (new List<FrontPoint>(), 0.0, double.PositiveInfinity);
        foreach (var point in front)
        {
            double[] control = [.. point.Point];
            double[] state = [.. exact.State(control).Values];
            var (reduced, _) = surrogate.Estimate(control);
            double[] values = [exact.Objective(0).Value(control), exact.Objective(1).Value(control)];
            truth.Add(new FrontPoint(control, values));
            for (var i = 0; i < 2; i++) error = Math.Max(error, Math.Abs(values[i] - point.Values[i]) / range[i]);
            var distance = problem.Equation.EnergyNorm([.. reduced.Zip(state, (a, b) => a - b)]);
            if (distance > 1e-9) effectivity = Math.Min(effectivity, problem.Equation.ErrorBound(reduced, problem.Source(control)) / distance);
        }

        var result = Describe(truth, cost, march: true);
        result["error in ranges"] = error;
        result["least bound / error"] = double.IsFinite(effectivity) ? effectivity : 1;
        result["modes"] = surrogate.Basis.Modes;
        return result;
    }

    /// <summary>Common descent from random starts: no front is sought, the points fall where they fall.</summary>
    public Dictionary<string, double> Descent(int starts, bool kinks, RandomGenerator random)
    {
        var problem = Problem();
        var front = new List<FrontPoint>();
        ILipschitzObjective[] scaled = [new Scaled(problem.Objective(0), 100 / range[0]), new Scaled(problem.Objective(1), 100 / range[1])];
        var options = kinks
            ? new NonsmoothDescentOptions { Levels = [new(1e-1, 1e-1), new(1e-2, 1e-2)], MaximumSteps = 100 }
            : new NonsmoothDescentOptions { Levels = [new(1e-9, 1e-2)], MaximumSubgradients = 2, MaximumSteps = 100 };
        for (var start = 0; start < starts; start++)
        {
            double[] x = [.. Enumerable.Range(0, 4).Select(_ => random.NextDouble(-8, 8))];
            var result = NonsmoothDescent.Minimize(scaled, x, options);
            front.Add(new FrontPoint(result.Point, [.. result.Values.Select((value, i) => value * range[i] / 100)]));
        }

        return Describe([.. front.OrderBy(point => point.Values[0])], problem.Factorizations, march: false);
    }

    private static ReferencePointOptions Options => new() { EndWeight = EndWeight };

    private double[][] Weights(int count) => [.. Enumerable.Range(0, count)
        .Select(i => 1 - EndWeight - (1 - 2 * EndWeight) * i / (count - 1.0))
        .Select(w => new[] { w / range[0], (1 - w) / range[1] })];

    private EllipticControl Problem()
    {
        var equation = new SemilinearElliptic(points, Kappa);
        double[][] patches = [.. Enumerable.Range(0, 4).Select(k => equation.OnGrid((x, y) => x < 0.5 == (k % 2 == 0) && y < 0.5 == (k < 2) ? 1 : 0))];
        return new EllipticControl(
            equation,
            patches,
            [
                new TrackingObjective(equation.OnGrid((x, y) => amplitude * Math.Sin(2 * Math.PI * x) * Math.Sin(Math.PI * y) + 0.1), ControlWeight),
                new TrackingObjective(equation.OnGrid((x, y) => height * Math.Exp(-20 * ((x - bumpX) * (x - bumpX) + (y - bumpY) * (y - bumpY)))), ControlWeight),
            ]);
    }

    /// <summary>Cost, hypervolume and evenness in ranges; the gap that a march leaves before its last end is not its own.</summary>
    private Dictionary<string, double> Describe(IReadOnlyList<FrontPoint> front, long factorizations, bool march)
    {
        double[] plane = [.. front.SelectMany(point => point.Values.Select((value, i) => (value - low[i]) / range[i]))];
        var gaps = new List<double>();
        for (var i = 1; i < front.Count - (march ? 1 : 0); i++)
            gaps.Add(Math.Sqrt(Math.Pow(plane[2 * i] - plane[2 * i - 2], 2) + Math.Pow(plane[2 * i + 1] - plane[2 * i - 1], 2)));
        return new Dictionary<string, double>
        {
            [NonsmoothPdeStudy.Cost] = factorizations,
            [NonsmoothPdeStudy.Volume] = Hypervolume.Compute(plane, 2, [1.1, 1.1]),
            [NonsmoothPdeStudy.Gaps] = gaps.Count == 0 ? 1 : gaps.Max() / Math.Max(gaps.Min(), 1e-12),
            ["points"] = front.Count,
        };
    }

    private sealed class Scaled(ILipschitzObjective objective, double factor) : ILipschitzObjective
    {
        public double Value(ReadOnlySpan<double> x) => factor * objective.Value(x);

        public void Subgradient(ReadOnlySpan<double> x, Span<double> subgradient)
        {
            objective.Subgradient(x, subgradient);
            for (var j = 0; j < subgradient.Length; j++) subgradient[j] *= factor;
        }
    }
}
