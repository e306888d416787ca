using Vilfredo.Indicators;
using Vilfredo.Optimization;
using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Gradients.Fronts;
using Vilfredo.Optimization.Nonsmooth;
using Vilfredo.Optimization.Nonsmooth.Elliptic;
using Vilfredo.ReferenceDirections;

namespace Vilfredo.Reproductions.Papers;

/// <summary>One control problem with two or three random targets, and its fronts by several methods with what they cost.</summary>
internal sealed class ControlFronts
{
    private const double Kappa = 100, ControlWeight = 5e-5, EndWeight = 1e-3;
    private const double ErrorShare = 5e-4; // the surrogate's tolerance, in ranges: half of what the claim allows
    private const int LatticeDivisions = 10; // 66 weights for three objectives
    private readonly double bumpX, bumpY, height, amplitude, troughX, troughY, depth;
    private readonly int points, objectives;
    private readonly double[] low, range;
    private readonly (double Lower, double Upper)[] box; // of NSGA-II, which needs bounds
    private readonly FineFront fine;

    private ControlFronts(int points, int objectives, RandomGenerator random)
    {
        (this.points, this.objectives) = (points, objectives);
        (bumpX, bumpY) = (random.NextDouble(0.25, 0.75), random.NextDouble(0.25, 0.75));
        (height, amplitude) = (random.NextDouble(0.3, 0.6), random.NextDouble(0.2, 0.4));
        (troughX, troughY, depth) = (random.NextDouble(0.25, 0.75), random.NextDouble(0.25, 0.75), random.NextDouble(0.2, 0.4));
        var problem = Problem();
        var (ends, controls) = (new IReadOnlyList<double>[objectives], new IReadOnlyList<double>[objectives]);
        for (var k = 0; k < objectives; k++)
        {
            var weights = new double[objectives];
            Array.Fill(weights, EndWeight);
            weights[k] = 1 - (objectives - 1) * EndWeight;
            var end = OptimalitySystem.Solve(problem, weights, new double[4]);
            if (!end.Converged) throw new InvalidOperationException("The ends of the front were not found.");
            (ends[k], controls[k]) = (end.Values, end.Control);
        }

        low = [.. ends.Select((end, k) => end[k])];
        range = [.. low.Select((lowest, k) => ends.Max(end => end[k]) - lowest)];
        box = [.. Enumerable.Range(0, 4).Select(j =>
        {
            var (least, most) = (controls.Min(control => control[j]), controls.Max(control => control[j]));
            var margin = Math.Max(1, 0.5 * (most - least));
            return (least - margin, most + margin);
        })];
        fine = new FineFront(Problem(), low, range, EndWeight);
    }

    /// <summary>The problem of a grid of N x N points; the first two targets are the same for two and for three objectives.</summary>
    public static ControlFronts Draw(int points, int objectives, RandomGenerator random) => new(points, objectives, random);

    public Dictionary<string, double> ReferencePoints()
    {
        var problem = Problem();
        if (objectives == 2) return Describe(ReferencePointFront.Compute(problem, new double[4], Options), problem.Factorizations, march: true);
        var levels = HierarchicalFront.Levels(problem, new double[4], Options);
        var values = Describe(levels.Front(), problem.Factorizations, march: false);
        values[NonsmoothPdeStudy.BoundaryHole] = Hole(levels.Front(), fine.Boundary);
        values[NonsmoothPdeStudy.BoundaryWithoutPairs] = Hole([.. levels.Minima, .. levels.Inside], fine.Boundary);
        return values;
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
        var all = Weights(count);
        foreach (var weights in all)
        {
            var result = OptimalitySystem.Solve(problem, weights, start);
            steps += result.Steps;
            if (!result.Converged) continue;
            stationary++;
            start = [.. result.Control];
            front.Add(new FrontPoint(result.Control, result.Values));
        }

        var values = Describe(front, problem.Factorizations + steps, march: false);
        values["stationary share"] = (double)stationary / all.Length;
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
            double[] values = [.. Enumerable.Range(0, objectives).Select(k => exact.Objective(k).Value(control))];
            truth.Add(new FrontPoint(control, values));
            for (var i = 0; i < values.Length; i++) error = Math.Max(error, Math.Abs(values[i] - point.Values[i]) / range[i]);
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
        ILipschitzObjective[] scaled = [.. range.Select((width, k) => new Scaled(problem.Objective(k), 100 / width))];
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

    /// <summary>NSGA-II on values alone; one state for each control.</summary>
    public Dictionary<string, double> Evolution(RandomGenerator random)
    {
        var problem = Problem();
        var space = new DecisionSpace([.. box.Select((bounds, k) => Variable.Real($"u{k}", bounds.Lower, bounds.Upper))]);
        var objectiveList = Enumerable.Range(0, objectives).Select(k => problem.Objective(k)).ToArray();
        var simulator = new FunctionProblem("control", space, objectives, (control, values, _) =>
        {
            for (var k = 0; k < values.Length; k++) values[k] = objectiveList[k].Value(control);
        });
        var found = Minimize.Run(simulator, Nsga2.For(simulator, random.NextUInt64(), new() { PopulationSize = 16 }), Termination.AfterGenerations(20)).Population.NonDominated();
        FrontPoint[] front = [.. Enumerable.Range(0, found.Count)
            .Select(i => new FrontPoint(found.DecisionsOf(i).ToArray(), found.ObjectivesOf(i).ToArray()))
            .OrderBy(point => point.Values[0])];
        return Describe(front, problem.Factorizations, march: false);
    }

    private ReferencePointOptions Options => new() { EndWeight = EndWeight, Along = objectives == 2 ? 0.12 : 0.2 };

    /// <summary>Even weights, in units of ranges, neighbours after each other.</summary>
    private double[][] Weights(int count)
    {
        double[][] shares = objectives == 2
            ? [.. Enumerable.Range(0, count).Select(i => 1 - i / (count - 1.0)).Select(first => new[] { first, 1 - first })]
            : [.. DasDennisDirections.Create(3, LatticeDivisions).Chunk(3)
                .GroupBy(row => row[0])
                .SelectMany((row, i) => i % 2 == 0 ? row : row.Reverse())];
        return [.. shares.Select(row => row.Select((share, k) => (EndWeight + (1 - objectives * EndWeight) * share) / range[k]).ToArray())];
    }

    private EllipticControl Problem()
    {
        var equation = new SemilinearElliptic(points, Kappa);
        double[][] patches = [.. Enumerable.Range(0, 4).Select(k => equation.OnGrid((x, y) => x < 0.5 == (k % 2 == 0) && y < 0.5 == (k < 2) ? 1 : 0))];
        static double Bump(double x, double y, double x0, double y0) => Math.Exp(-20 * ((x - x0) * (x - x0) + (y - y0) * (y - y0)));
        Func<double, double, double>[] targets =
        [
            (x, y) => amplitude * Math.Sin(2 * Math.PI * x) * Math.Sin(Math.PI * y) + 0.1,
            (x, y) => height * Bump(x, y, bumpX, bumpY),
            (x, y) => -depth * Bump(x, y, troughX, troughY),
        ];
        return new EllipticControl(equation, patches, [.. targets.Take(objectives).Select(target => new TrackingObjective(equation.OnGrid(target), ControlWeight))]);
    }

    /// <summary>Cost and quality in ranges; the gap that a march leaves before its last end is not its own.</summary>
    private Dictionary<string, double> Describe(IReadOnlyList<FrontPoint> front, long factorizations, bool march)
    {
        var scaled = FineFront.Scaled(front, low, range);
        double[] corner = [.. range.Select(_ => 1.1)];
        var values = new Dictionary<string, double>
        {
            [NonsmoothPdeStudy.Cost] = factorizations,
            [NonsmoothPdeStudy.Volume] = Hypervolume.Compute(scaled, objectives, corner) / Hypervolume.Compute(fine.All, objectives, corner),
            [NonsmoothPdeStudy.LargestHole] = Hole(front, fine.All),
            [NonsmoothPdeStudy.MeanDistance] = InvertedGenerationalDistance.Compute(scaled, fine.All, objectives),
            [NonsmoothPdeStudy.Dominated] = fine.MostDominated(scaled),
            [NonsmoothPdeStudy.Count] = front.Count,
        };
        if (objectives == 2) values[NonsmoothPdeStudy.Gaps] = GapRatio(scaled, march);
        return values;
    }

    private double Hole(IReadOnlyList<FrontPoint> front, double[] reference) =>
        InvertedGenerationalDistance.Compute(FineFront.Scaled(front, low, range), reference, objectives, double.PositiveInfinity);

    private static double GapRatio(double[] plane, bool march)
    {
        var gaps = new List<double>();
        for (var i = 1; i < plane.Length / 2 - (march ? 1 : 0); i++)
            gaps.Add(Math.Sqrt(Math.Pow(plane[2 * i] - plane[2 * i - 2], 2) + Math.Pow(plane[2 * i + 1] - plane[2 * i - 1], 2)));
        return gaps.Count == 0 ? 1 : gaps.Max() / Math.Max(gaps.Min(), 1e-12);
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
