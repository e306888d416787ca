using Vilfredo.Statistics;

namespace Vilfredo.Inference.Pools;

/// <summary>How well a number tells right samples from wrong ones: the area under the ROC curve, which is the probability that a right sample has the larger number (ties count half).</summary>
/// <remarks>
/// Pooled over problems it mixes how hard a problem is with how good a sample of it is: hard problems have long answers, and wrong ones. Only within problems does it tell whether weights inside one vote can help
/// (dossier of Wang et al., arXiv 2504.14047, section 3.4).
/// </remarks>
public static class PoolAssociation
{
    /// <summary>Over all pairs of a right and a wrong sample of any problems. NaN where there is no such pair.</summary>
    /// <param name="problems">The problems.</param>
    /// <param name="value">The number, larger for what is taken for right, such as minus the length.</param>
    public static double Pooled(IEnumerable<PooledProblem> problems, Func<PooledSample, double> value)
    {
        ArgumentNullException.ThrowIfNull(problems);
        ArgumentNullException.ThrowIfNull(value);
        var (wins, pairs) = Pairs(problems.SelectMany(problem => problem.Samples), value);
        return wins / pairs;
    }

    /// <summary>Over all pairs of a right and a wrong sample of the same problem; problems without such a pair do not count. NaN where none has one.</summary>
    /// <inheritdoc cref="Pooled"/>
    public static double WithinProblems(IEnumerable<PooledProblem> problems, Func<PooledSample, double> value)
    {
        ArgumentNullException.ThrowIfNull(problems);
        ArgumentNullException.ThrowIfNull(value);
        var (wins, pairs) = (0.0, 0.0);
        foreach (var problem in problems)
        {
            var own = Pairs(problem.Samples, value);
            (wins, pairs) = (wins + own.Wins, pairs + own.Pairs);
        }

        return wins / pairs;
    }

    // The U statistic of Mann and Whitney, from midranks.
    private static (double Wins, double Pairs) Pairs(IEnumerable<PooledSample> samples, Func<PooledSample, double> value)
    {
        var all = samples.ToList();
        var right = all.Count(sample => sample.IsCorrect);
        if (right == 0 || right == all.Count)
            return (0, 0);
        var ranks = Ranks.Midranks([.. all.Select(value)]);
        var sum = all.Zip(ranks).Where(pair => pair.First.IsCorrect).Sum(pair => pair.Second);
        return (sum - right * (right + 1.0) / 2, (double)right * (all.Count - right));
    }
}
