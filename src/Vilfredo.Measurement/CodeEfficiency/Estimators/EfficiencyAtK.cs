using Vilfredo.Statistics;

namespace Vilfredo.Measurement.CodeEfficiency.Estimators;

/// <summary>eff@k and pass@k of a model over a set of problems (arXiv 2406.06647): plain means over the problems.</summary>
public static class EfficiencyAtK
{
    /// <summary>The curve over k; values of k that some problem has too few samples for are left out.</summary>
    /// <param name="problems">The samples of each problem, at least one problem.</param>
    /// <param name="ks">The values of k, each at least 1; repeated ones count once.</param>
    /// <param name="random">Draws the problems of the intervals.</param>
    /// <param name="options">Level, method and number of resamples; <see langword="null"/> for the defaults.</param>
    /// <returns>One point per k that is left, ascending. The intervals cover the choice of problems, not the noise of timing.</returns>
    /// <exception cref="ArgumentException">There are no problems, one has no samples, a score is negative or not finite, or two share a name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A k is below 1, or all are above the smallest number of samples.</exception>
    public static IReadOnlyList<EfficiencyPoint> Evaluate(
        IReadOnlyList<ProblemScores> problems, IReadOnlyList<int> ks, RandomGenerator random, BootstrapOptions? options = null)
    {
        Check(problems);
        ArgumentNullException.ThrowIfNull(ks);
        foreach (var k in ks) ArgumentOutOfRangeException.ThrowIfLessThan(k, 1, nameof(ks));
        var fewest = problems.Min(problem => problem.Scores.Count);
        int[] possible = [.. ks.Where(k => k <= fewest).Distinct().Order()];
        if (possible.Length == 0)
            throw new ArgumentOutOfRangeException(nameof(ks), string.Join(", ", ks), $"A problem has only {fewest} samples; give a k of at most that.");

        var curves = problems.Select(problem => BestOfK.Curve([.. problem.Scores], possible)).ToList();
        return
        [
            .. possible.Select((k, i) => new EfficiencyPoint(
                k,
                Over([.. curves.Select(curve => curve[i])]),
                Over([.. problems.Select(problem => PassAtK.Estimate(problem.Scores.Count, problem.Correct, k))]))),
        ];

        BootstrapInterval Over(double[] values) => Bootstrap.OneSample(values, Descriptive.Mean, random, options);
    }

    private static void Check(IReadOnlyList<ProblemScores> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        if (problems.Count == 0) throw new ArgumentException("There are no problems; pass at least one.", nameof(problems));
        if (problems.GroupBy(problem => problem.Problem).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Two problems are named '{twice.Key}'; put their samples together.", nameof(problems));
        foreach (var problem in problems)
        {
            if (problem.Scores.Count == 0)
                throw new ArgumentException($"Problem '{problem.Problem}' has no samples.", nameof(problems));
            if (problem.Correct < 0 || problem.Correct > problem.Scores.Count)
                throw new ArgumentException($"Problem '{problem.Problem}' has {problem.Correct} right samples of {problem.Scores.Count}.", nameof(problems));
            foreach (var score in problem.Scores)
            {
                if (!(score >= 0) || double.IsInfinity(score))
                    throw new ArgumentException($"Problem '{problem.Problem}' has a score of {score}; scores are finite and at least 0.", nameof(problems));
            }

            if (problem.Scores.Count(score => score > 0) > problem.Correct)
                throw new ArgumentException($"Problem '{problem.Problem}' has more scores above 0 than right samples ({problem.Correct}); a wrong sample scores 0.", nameof(problems));
        }
    }
}
