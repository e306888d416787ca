namespace Vilfredo.Optimization.Gradients.Descents;

/// <summary>
/// One descent from one start: the point, the differences around it when its gradients are not reported, a step with backtracking, and so on
/// until no step is an improvement. Points are in the unit cube.
/// </summary>
internal sealed class DescentPath
{
    private const double LongestStep = 0.5;

    private readonly DecisionSpace space;
    private readonly DescentOptions options;
    private readonly DescentRule rule;
    private readonly ObjectiveUnits units;
    private readonly int objectives;
    private readonly double[] direction;
    private readonly double[] gradients; // m x n, in units of the objectives, by the unit cube
    private readonly List<double[]> wanted = [];
    private readonly List<int> differenced = []; // the variable of each wanted point, when they are differences
    private double[] point;
    private double[] values = [];
    private double length; // of the direction
    private double factor = double.NaN; // step = factor x direction
    private Phase phase = Phase.Start;

    private enum Phase
    {
        Start,
        Differences,
        Step,
    }

    /// <summary>Starts a path.</summary>
    public DescentPath(DecisionSpace space, DescentOptions options, DescentRule rule, ObjectiveUnits units, int objectives, double[] start)
    {
        (this.space, this.options, this.rule, this.units, this.objectives, point) = (space, options, rule, units, objectives, start);
        direction = new double[start.Length];
        gradients = new double[objectives * start.Length];
        wanted.Add(start);
    }

    /// <summary>The points whose results the path needs next; none when it has ended.</summary>
    public IReadOnlyList<double[]> Wanted => wanted;

    /// <summary>Where the path stands.</summary>
    public double[] Point => point;

    /// <summary>Whether its gradients were known at some point.</summary>
    public bool HasDescended { get; private set; }

    /// <summary>Goes on with the results of all wanted points, null for those without one.</summary>
    public void Advance(ReadOnlySpan<DescentResult?> results)
    {
        switch (phase)
        {
            case Phase.Differences:
                TakeDifferences(results);
                break;
            case Phase.Start when results[0] is { Feasible: true } result:
                Stand(point, result);
                break;
            case Phase.Step when results[0] is { Feasible: true } result:
                var (improves, multiple) = rule.Judge(InUnits(values), Changes(wanted[0]), InUnits(result.Values));
                if (improves)
                {
                    factor *= Math.Clamp(multiple, 0.25, 2);
                    Stand(wanted[0], result);
                }
                else
                {
                    Shorten(Math.Clamp(multiple, 0.1, 0.5));
                }

                break;
            case Phase.Step:
                Shorten(0.5);
                break;
            default:
                wanted.Clear();
                break;
        }
    }

    private void Stand(double[] at, DescentResult result)
    {
        (point, values) = (at, result.Values);
        wanted.Clear();
        if (result.Gradients is not { } reported)
        {
            AskForDifferences();
            return;
        }

        for (var j = 0; j < objectives; j++)
        {
            for (var i = 0; i < point.Length; i++)
                gradients[j * point.Length + i] = reported[j * point.Length + i] * Range(i) / units.Of(j);
        }

        Descend();
    }

    private void AskForDifferences()
    {
        phase = Phase.Differences;
        differenced.Clear();
        for (var i = 0; i < point.Length; i++)
        {
            if (Range(i) == 0) continue;
            if (Beside(i, options.Difference) is not { } beside)
            {
                // Nothing beside the point may be measured: its gradient cannot be known.
                wanted.Clear();
                return;
            }

            wanted.Add(beside);
            differenced.Add(i);
        }
    }

    private double[]? Beside(int variable, double distance)
    {
        foreach (var signed in (ReadOnlySpan<double>)[distance, -distance])
        {
            var beside = (double[])point.Clone();
            beside[variable] += signed;
            if (beside[variable] is >= 0 and <= 1 && IsAllowed(beside)) return beside;
        }

        return null;
    }

    private void TakeDifferences(ReadOnlySpan<DescentResult?> results)
    {
        Array.Clear(gradients);
        for (var k = 0; k < differenced.Count; k++)
        {
            if (results[k] is not { } result)
            {
                wanted.Clear();
                return;
            }

            var i = differenced[k];
            for (var j = 0; j < objectives; j++)
                gradients[j * point.Length + i] = (result.Values[j] - values[j]) / (wanted[k][i] - point[i]) / units.Of(j);
        }

        wanted.Clear();
        Descend();
    }

    private void Descend()
    {
        (phase, HasDescended) = (Phase.Step, true);
        if (!FindDirection()) return;
        if (double.IsNaN(factor)) factor = options.FirstStep / length;
        factor = Math.Clamp(factor, Math.Min(4 * options.ShortestStep, LongestStep) / length, LongestStep / length);
        AskForStep();
    }

    private void Shorten(double share)
    {
        wanted.Clear();
        factor *= share;
        AskForStep();
    }

    private void AskForStep()
    {
        for (; factor * length >= options.ShortestStep; factor /= 2)
        {
            var next = new double[point.Length];
            for (var i = 0; i < next.Length; i++) next[i] = Math.Clamp(point[i] + factor * direction[i], 0, 1);
            if (!IsAllowed(next)) continue;
            wanted.Add(next);
            return;
        }
    }

    // Variables at a bound that the direction would leave are held there and the gradients combined without them: what the rule promises then holds on the bound.
    private bool FindDirection()
    {
        var (n, reduced, weights) = (point.Length, (double[])gradients.Clone(), new double[objectives]);
        // Steep beyond all measure: products of such gradients overflow.
        if (Array.Exists(reduced, value => !(Math.Abs(value) < 1e100))) return false;
        for (var held = true; held;)
        {
            rule.Weigh(GradientMatrix.Gram(reduced, objectives), weights);
            GradientMatrix.Combine(reduced, weights, direction);
            held = false;
            for (var i = 0; i < n; i++)
            {
                direction[i] = -direction[i];
                if (!(point[i] <= 0 && direction[i] < 0) && !(point[i] >= 1 && direction[i] > 0)) continue;
                for (var j = 0; j < objectives; j++) reduced[j * n + i] = 0;
                held = true;
            }
        }

        length = Math.Sqrt(direction.Sum(value => value * value));
        return length > 0 && double.IsFinite(length);
    }

    private double[] InUnits(double[] of)
    {
        var scaled = new double[objectives];
        for (var j = 0; j < objectives; j++) scaled[j] = of[j] / units.Of(j);
        return scaled;
    }

    private double[] Changes(double[] next)
    {
        var changes = new double[objectives];
        for (var j = 0; j < objectives; j++)
        {
            for (var i = 0; i < next.Length; i++) changes[j] += gradients[j * next.Length + i] * (next[i] - point[i]);
        }

        return changes;
    }

    private double Range(int variable) => space.Variables[variable].Upper - space.Variables[variable].Lower;

    private bool IsAllowed(double[] unit)
    {
        if (space.Filter is null) return true;
        var decisions = new double[unit.Length];
        space.FromUnit(unit, decisions);
        return space.Satisfies(decisions);
    }
}
