using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.GaussianProcesses;
using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Bayesian;

/// <summary>
/// USeMO: the front of the optimistic predictions mean - 2 deviations of all objectives, found by NSGA-II, and on it the point whose
/// deviations have the largest product (Belakaria et al., AAAI 2020; their bound with a constant factor).
/// </summary>
internal static class UncertaintySearch
{
    private const double Optimism = 2;
    private const int PopulationSize = 40;
    private const int Generations = 25;

    /// <summary>Proposals in falling order of their uncertainty, weighed by the probability that they are feasible.</summary>
    public static List<double[]> Ranked(
        Surrogates models, DecisionSpace space, ReadOnlySpan<double> pending, DecisionNormalization? normalization, RandomGenerator random)
    {
        var waiting = pending.ToArray();
        var processes = Array.ConvertAll(models.Processes, p => p.Believing(waiting));
        var posteriors = Array.ConvertAll(processes, p => new PointPosterior(p.System));
        var point = new double[space.Count];
        void MoveTo(ReadOnlySpan<double> decisions)
        {
            decisions.CopyTo(point);
            normalization?.Invoke(point);
            processes[0].Scaling.ToUnit(point, point);
            foreach (var posterior in posteriors) posterior.MoveTo(point);
        }

        var problem = new FunctionProblem("optimistic predictions", space, models.Objectives, (decisions, values, _) =>
        {
            MoveTo(decisions);
            for (var j = 0; j < processes.Length; j++)
                values[j] = posteriors[j].Mean(processes[j].Coefficients) - Optimism * Math.Sqrt(posteriors[j].Variance);
        });
        var search = Nsga2.For(problem, random.NextUInt64(), new() { PopulationSize = PopulationSize, Sampling = new RandomSampler(space, random.NextUInt64()) });
        // What is known to be good is a better start than chance.
        var known = models.FrontIndices.Take(PopulationSize / 2).Select(i => models.FeasibleIndices[i]).ToArray();
        var values = new double[models.Objectives];
        foreach (var i in known)
        {
            var decisions = models.Decisions.AsSpan(i * space.Count, space.Count);
            if (!space.Satisfies(decisions)) continue;
            problem.Evaluate(decisions, 1, values, []);
            search.Tell(decisions, values, []);
        }

        var population = Minimize.Run(problem, search, Termination.AfterGenerations(Generations)).Population.NonDominated();
        var ranked = new List<(double[] Decisions, double Value)>();
        for (var i = 0; i < population.Count; i++)
        {
            MoveTo(population.DecisionsOf(i));
            var value = 0.0;
            foreach (var posterior in posteriors) value += 0.5 * Math.Log(posterior.Variance + 1e-300);
            foreach (var model in models.Feasibility) value += model.LogProbability(point, []);
            ranked.Add((population.DecisionsOf(i).ToArray(), value));
        }

        return [.. ranked.OrderByDescending(r => r.Value).Select(r => r.Decisions)];
    }
}
