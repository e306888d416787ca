using Vilfredo.Optimization.GaussianProcesses;
using Vilfredo.Sorting;

namespace Vilfredo.Optimization.Bayesian;

/// <summary>The models of what has been told, on the standardised scale of each objective.</summary>
internal sealed class Surrogates
{
    private readonly double[] feasible; // standardised rows

    /// <summary>Fits the models.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="points">The points that have values.</param>
    /// <param name="failed">The decisions of those that have none.</param>
    /// <param name="options">The settings.</param>
    public Surrogates(DecisionSpace space, Population points, ReadOnlySpan<double> failed, BayesianOptions options)
    {
        var (n, k) = (points.Count, points.ObjectiveCount);
        Objectives = k;
        Decisions = points.Decisions.ToArray();
        var feasibility = new List<FeasibilityModel>();
        for (var c = 0; c < points.ConstraintCount; c++)
        {
            var column = new double[n];
            for (var i = 0; i < n; i++) column[i] = points.ConstraintsOf(i)[c];
            if (FeasibilityModel.OfConstraint(space, Decisions, column) is { } model) feasibility.Add(model);
        }

        var failures = failed.Length / space.Count;
        if (FeasibilityModel.OfFailures(space, [.. Decisions, .. failed], [.. Enumerable.Range(0, n + failures).Select(i => i >= n)]) is { } failure)
            feasibility.Add(failure);
        Feasibility = feasibility;
        FeasibleIndices = [.. Enumerable.Range(0, n).Where(points.IsFeasible)];
        Reference = new double[k];
        Ideal = new double[k];
        Processes = new GaussianProcess[k];
        feasible = [];
        Values = new double[n * k];
        if (FeasibleIndices.Length == 0) return;

        feasible = new double[FeasibleIndices.Length * k];
        for (var j = 0; j < k; j++)
        {
            var column = new double[n];
            for (var i = 0; i < n; i++) column[i] = points.ObjectivesOf(i)[j];
            // Infinity is as bad as the worst that was measured.
            var worst = column.Where(double.IsFinite).DefaultIfEmpty(0).Max();
            for (var i = 0; i < n; i++) column[i] = Math.Min(column[i], worst);
            var process = Processes[j] = GaussianProcess.Fit(space, Decisions, column, new() { NoiseVariance = options.NoiseVariances?[j] });
            for (var i = 0; i < n; i++) Values[i * k + j] = process.Targets[i];
            for (var i = 0; i < FeasibleIndices.Length; i++) feasible[i * k + j] = process.Targets[FeasibleIndices[i]];
        }

        FrontIndices = NonDominatedFilter.Indices(feasible, k, keepDuplicates: false);
        Front = new double[FrontIndices.Length * k];
        for (var i = 0; i < FrontIndices.Length; i++) feasible.AsSpan(FrontIndices[i] * k, k).CopyTo(Front.AsSpan(i * k));
        for (var j = 0; j < k; j++) Bound(j, options.ReferencePoint);
    }

    /// <summary>The number of objectives.</summary>
    public int Objectives { get; }

    /// <summary>The decisions of the points that have values, one row each.</summary>
    public double[] Decisions { get; }

    /// <summary>Their standardised objective values.</summary>
    public double[] Values { get; }

    /// <summary>One process per objective, when there is a feasible point.</summary>
    public GaussianProcess[] Processes { get; }

    /// <summary>The models of constraints and failures.</summary>
    public IReadOnlyList<FeasibilityModel> Feasibility { get; }

    /// <summary>Which of the points are feasible.</summary>
    public int[] FeasibleIndices { get; }

    /// <summary>Which of the feasible points nothing dominates: positions in <see cref="FeasibleIndices"/>.</summary>
    public int[] FrontIndices { get; } = [];

    /// <summary>Their standardised rows.</summary>
    public double[] Front { get; } = [];

    /// <summary>The standardised rows of the feasible points.</summary>
    public ReadOnlySpan<double> Feasible => feasible;

    /// <summary>The standardised reference point.</summary>
    public double[] Reference { get; }

    /// <summary>The best standardised value of each objective on the front, below the reference.</summary>
    public double[] Ideal { get; }

    private void Bound(int j, IReadOnlyList<double>? given)
    {
        var (best, worst) = Range(Front, j);
        // A front that has gathered in one place must still be able to spread: two standard deviations are 2 here.
        var range = Math.Max(worst - best, 2);
        Ideal[j] = best;
        Reference[j] = worst + 0.1 * range;
        if (given is null) return;
        Reference[j] = (given[j] - Processes[j].Offset) / Processes[j].Scale;
        Ideal[j] = Math.Min(best, Reference[j] - 0.1 * range);
    }

    private (double Best, double Worst) Range(double[] rows, int j)
    {
        var (best, worst) = (rows[j], rows[j]);
        for (var i = j; i < rows.Length; i += Objectives)
        {
            best = Math.Min(best, rows[i]);
            worst = Math.Max(worst, rows[i]);
        }

        return (best, worst);
    }
}
