using Vilfredo.Optimization.GaussianProcesses;

namespace Vilfredo.Optimization.Bayesian;

/// <summary>
/// Maximises an acquisition function over a mixed space: random points and neighbours of good ones, then from the best of them
/// quasi-Newton steps in the real variables and steps to neighbours in the others, in turn.
/// </summary>
internal sealed class AcquisitionMaximizer(
    DecisionSpace space, IAcquisition acquisition, DecisionNormalization? normalization, BayesianOptions options, RandomGenerator random)
{
    private const int Iterations = 40;
    private const int Rounds = 4;
    private const int NeighboursPerVariable = 8;
    private const int PerturbedPoints = 64;

    private readonly InputScaling scaling = new(space);

    private sealed record Candidate(double[] Decisions, double[] Unit, double Value);

    /// <summary>Points of high value in falling order, the local optima first.</summary>
    /// <param name="good">Decisions of points whose neighbourhood is promising, one row each.</param>
    public List<double[]> Ranked(ReadOnlySpan<double> good)
    {
        var n = space.Count;
        var candidates = new List<Candidate>();
        for (var i = 0; i < options.Candidates; i++)
        {
            var decisions = new double[n];
            space.Sample(random, decisions);
            candidates.Add(At(decisions));
        }

        for (var i = 0; i < PerturbedPoints && good.Length > 0; i++)
        {
            var decisions = good.Slice(random.NextInt32(good.Length / n) * n, n).ToArray();
            Perturb(decisions);
            if (space.Satisfies(decisions)) candidates.Add(At(decisions));
        }

        var sorted = candidates.OrderByDescending(c => c.Value).ToList();
        var optima = sorted.Take(options.LocalSearches).Select(Improve).OrderByDescending(c => c.Value);
        return [.. optima.Concat(sorted).Select(c => c.Decisions)];
    }

    private Candidate At(double[] decisions)
    {
        normalization?.Invoke(decisions);
        var unit = new double[decisions.Length];
        scaling.ToUnit(decisions, unit);
        var value = acquisition.Evaluate(unit, []);
        return new(decisions, unit, double.IsNaN(value) ? double.NegativeInfinity : value);
    }

    private void Perturb(double[] decisions)
    {
        var variables = space.Variables;
        var chosen = random.NextInt32(decisions.Length); // at least one moves
        var width = Math.Pow(10, -random.NextDouble(0.5, 2.5));
        for (var j = 0; j < decisions.Length; j++)
        {
            if (j != chosen && !random.NextBoolean(0.5)) continue;
            decisions[j] = variables[j].Kind == VariableKind.Categorical
                ? variables[j].FromUnit(random.NextDouble())
                : variables[j].Clamp(decisions[j] + width * (variables[j].Upper - variables[j].Lower) * random.NextNormal());
        }
    }

    private Candidate Improve(Candidate start)
    {
        var best = Climb(start);
        if (space.IsContinuous) return best;
        for (var round = 0; round < Rounds; round++)
        {
            var neighbour = BestNeighbour(best);
            if (!(neighbour.Value > best.Value)) break;
            best = Climb(neighbour);
        }

        return best;
    }

    private Candidate Climb(Candidate start)
    {
        var variables = space.Variables;
        var lower = new double[variables.Length];
        var upper = new double[variables.Length];
        var canMove = false;
        for (var j = 0; j < variables.Length; j++)
        {
            var moves = variables[j].Kind == VariableKind.Real && variables[j].Lower < variables[j].Upper;
            (lower[j], upper[j]) = moves ? (0, 1) : (start.Unit[j], start.Unit[j]);
            canMove |= moves;
        }

        if (!canMove || double.IsInfinity(start.Value)) return start;
        double[] unit = [.. start.Unit];
        BoxedBfgs.Minimize(
            (x, gradient) =>
            {
                var value = acquisition.Evaluate(x, gradient);
                foreach (ref var element in gradient) element = -element;
                return -value;
            },
            unit, lower, upper, Iterations, 1e-5);

        // Where the way leads out of the filter, it is gone as far as the filter allows.
        var decisions = new double[unit.Length];
        for (var i = 0; i < 12; i++)
        {
            scaling.FromUnit(unit, decisions);
            if (space.Satisfies(decisions))
            {
                var end = At([.. decisions]);
                return end.Value > start.Value ? end : start;
            }

            for (var j = 0; j < unit.Length; j++) unit[j] = 0.5 * (unit[j] + start.Unit[j]);
        }

        return start;
    }

    private Candidate BestNeighbour(Candidate center)
    {
        var best = center;
        var variables = space.Variables;
        for (var j = 0; j < variables.Length; j++)
        {
            if (variables[j].Cardinality is not { } cardinality || cardinality == 1) continue;
            foreach (var value in Neighbours(variables[j], center.Decisions[j]))
            {
                double[] decisions = [.. center.Decisions];
                decisions[j] = value;
                if (value == center.Decisions[j] || !space.Satisfies(decisions)) continue;
                var neighbour = At(decisions);
                if (neighbour.Value > best.Value) best = neighbour;
            }
        }

        return best;
    }

    private IEnumerable<double> Neighbours(Variable variable, double center)
    {
        if (variable.Cardinality <= NeighboursPerVariable)
        {
            for (var value = variable.Lower; value <= variable.Upper; value++) yield return value;
            yield break;
        }

        if (variable.Kind == VariableKind.Integer)
        {
            yield return variable.Clamp(center - 1);
            yield return variable.Clamp(center + 1);
        }

        for (var i = 2; i < NeighboursPerVariable; i++)
        {
            // Integers: half of the jumps are short.
            yield return variable.Kind == VariableKind.Integer && i % 2 == 0
                ? variable.Clamp(center + 0.05 * (variable.Upper - variable.Lower) * random.NextNormal())
                : variable.FromUnit(random.NextDouble());
        }
    }
}
