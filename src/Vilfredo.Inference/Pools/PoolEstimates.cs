using Vilfredo.Measurement.CodeEfficiency.Estimators;

namespace Vilfredo.Inference.Pools;

/// <summary>What strategies of k samples would achieve on one problem, as the mean over all subsets of k of its stored samples: unbiased for every k, and without asking a model.</summary>
public static class PoolEstimates
{
    /// <summary>The probability that at least one of k samples is right.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="k">From 1 to its samples.</param>
    public static double PassAtK(PooledProblem problem, int k)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Measurement.CodeEfficiency.Estimators.PassAtK.Estimate(problem.Samples.Count, problem.Correct, k);
    }

    /// <summary>The accuracy of a majority vote of k samples.</summary>
    /// <remarks>The text of a vote is that of the first sample with the winning answer. Where a checker accepts only some of the samples with an answer, the answer counts with their share; where all abstain, the first sample is the text.</remarks>
    /// <inheritdoc cref="PassAtK"/>
    public static double Majority(PooledProblem problem, int k)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Check(problem, k);
        var classes = Classes(problem);
        int[] counts = [.. classes.Select(group => group.Count)];
        var silent = problem.Samples.Where(sample => sample.Answer is null).ToList();
        var accuracy = AllAmong(silent.Count, problem.Samples.Count, k) * (silent.Count > 0 ? silent.Average(Right) : 0);
        for (var i = 0; i < classes.Count; i++)
        {
            var right = classes[i].Average(Right);
            if (right > 0)
                accuracy += right * VoteProbability.InPool(counts, silent.Count, i, k);
        }

        return Math.Min(1, accuracy);
    }

    /// <summary>The accuracy of the sample with the highest score among k: best-of-n with stored scores. Of equal scores each is as likely; samples without a score are taken only where none has one.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="k">From 1 to its samples.</param>
    /// <param name="score">The score of a sample, higher for better, such as <c>sample => sample.Score("judge")</c> or, for the shortest, <c>sample => -sample.Usage.OutputTokens</c>.</param>
    public static double BestOf(PooledProblem problem, int k, Func<PooledSample, double?> score)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(score);
        Check(problem, k);
        var (n, above, accuracy) = (problem.Samples.Count, 0, 0.0);
        foreach (var group in problem.Samples.GroupBy(sample => score(sample) ?? double.NegativeInfinity).OrderByDescending(group => group.Key))
        {
            var count = group.Count();
            accuracy += group.Average(Right) * (AllAmong(n - above, n, k) - AllAmong(n - above - count, n, k));
            above += count;
        }

        return Math.Clamp(accuracy, 0, 1);
    }

    /// <summary>The accuracy of any rule that takes one of k samples, which it is given in an order that means nothing: over all subsets where there are at most <paramref name="subsets"/>, else over that many random ones.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="k">From 1 to its samples.</param>
    /// <param name="rule">The rule, such as a weighted vote.</param>
    /// <param name="random">Draws subsets and orders.</param>
    /// <param name="subsets">The most subsets, at least 1.</param>
    public static double Of(PooledProblem problem, int k, Func<IReadOnlyList<PooledSample>, PooledSample> rule, RandomGenerator random, int subsets = 1000)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(subsets, 1);
        Check(problem, k);
        var all = All(problem.Samples.Count, k, subsets);
        var sum = 0.0;
        var count = all?.Count ?? subsets;
        for (var i = 0; i < count; i++)
        {
            var order = all is not null ? all[i] : [.. Enumerable.Range(0, problem.Samples.Count)];
            random.Shuffle(order.AsSpan());
            sum += Right(rule([.. order.Take(k).Select(index => problem.Samples[index])]));
        }

        return sum / count;
    }

    /// <summary>The tokens of k samples, input of each included.</summary>
    /// <inheritdoc cref="PassAtK"/>
    public static double Tokens(PooledProblem problem, int k)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Check(problem, k);
        return k * problem.Samples.Average(sample => (double)sample.Tokens);
    }

    /// <summary>The tokens of the longest of k samples that run side by side.</summary>
    /// <inheritdoc cref="PassAtK"/>
    public static double PathTokens(PooledProblem problem, int k)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Check(problem, k);
        return BestOfK.Estimate([.. problem.Samples.Select(sample => (double)sample.Tokens)], k);
    }

    /// <summary>Whether votes of ever more samples end at a right answer: 1 where the most frequent answer is right, the share of right ones where several are the most frequent. Its mean over problems is the ceiling of voting.</summary>
    public static double ModeIsRight(PooledProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var classes = Classes(problem);
        if (classes.Count == 0)
            return problem.Samples.Average(Right);
        var most = classes.Max(group => group.Count);
        return classes.Where(group => group.Count == most).Average(group => group.Average(Right));
    }

    private static double Right(PooledSample sample) => sample.IsCorrect ? 1 : 0;

    private static List<List<PooledSample>> Classes(PooledProblem problem) =>
        [.. problem.Samples.Where(sample => sample.Answer is not null).GroupBy(sample => sample.Answer, StringComparer.Ordinal).Select(group => group.ToList())];

    // C(some, k) / C(all, k): that k samples are all among some of them.
    private static double AllAmong(int some, int all, int k)
    {
        if (some < k)
            return 0;
        var share = 1.0;
        for (var i = 0; i < k; i++)
            share *= (double)(some - i) / (all - i);
        return share;
    }

    private static List<int[]>? All(int n, int k, int most)
    {
        var count = 1.0;
        for (var i = 0; i < k; i++)
            count = count * (n - i) / (i + 1);
        if (count > most + 0.5)
            return null;
        List<int[]> subsets = [];
        var chosen = Enumerable.Range(0, k).ToArray();
        while (true)
        {
            subsets.Add([.. chosen]);
            var i = k - 1;
            while (i >= 0 && chosen[i] == n - k + i)
                i--;
            if (i < 0)
                return subsets;
            chosen[i]++;
            for (var j = i + 1; j < k; j++)
                chosen[j] = chosen[j - 1] + 1;
        }
    }

    private static void Check(PooledProblem problem, int k)
    {
        if (k < 1 || k > problem.Samples.Count)
            throw new ArgumentOutOfRangeException(nameof(k), k, $"The problem '{problem.Id}' has {problem.Samples.Count} samples; strategies of 1 to {problem.Samples.Count} of them can be estimated.");
    }
}
