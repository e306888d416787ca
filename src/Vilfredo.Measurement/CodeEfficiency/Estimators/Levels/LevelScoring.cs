namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Levels;

/// <summary>
/// The efficiency score of ENAMEL (Qiu et al., "How Efficient is LLM-Generated Code?", ICLR 2025, arXiv 2406.06647): inputs grow
/// from level to level, one time limit for the problem is a multiple of an expert's slowest test, and each level scores what is
/// left of the limit.
/// </summary>
/// <remarks>
/// <para>T = α · max t*, f_l = max(0, T − max_m t_lm) / (T − max_m t*_lm), e = Σ h_l f_l / Σ h_l. A run that passes T scores
/// nothing whatever it would have taken, so a run cut off at T or later has an exact score; one cut off earlier has none and is
/// refused. Therefore α can be lowered after measuring, never raised.</para>
/// <para>Any additive cost serves in place of seconds. Multiplying all costs, and the tolerance, by a factor changes nothing.</para>
/// </remarks>
public static class LevelScoring
{
    /// <summary>The limit T of a problem.</summary>
    /// <param name="reference">The costs of the reference solution: tests of each level, from level 0 on, positive.</param>
    /// <param name="options">α and weights; <see langword="null"/> for the published ones.</param>
    /// <exception cref="ArgumentException">The reference has another number of levels than weights, or lacks costs, or one is not positive.</exception>
    /// <exception cref="ArgumentOutOfRangeException">α, a weight or the tolerance is outside its range.</exception>
    public static double Limit(IReadOnlyList<IReadOnlyList<double>> reference, LevelScoreOptions? options = null)
    {
        options ??= new LevelScoreOptions();
        Check(reference, options);
        return options.TimeoutFactor * Weighted(options).Max(level => reference[level].Max());
    }

    /// <summary>Scores a run.</summary>
    /// <param name="run">What the candidate took.</param>
    /// <param name="reference">What the reference took in the same session.</param>
    /// <param name="options">α, weights and tolerance; <see langword="null"/> for the published ones.</param>
    /// <exception cref="ArgumentException">
    /// The run was cut off before the limit, so that its score is unknown; or it stops without a reason; or
    /// <see cref="Limit"/> refuses the reference.
    /// </exception>
    public static LevelScore Score(LevelRun run, IReadOnlyList<IReadOnlyList<double>> reference, LevelScoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        options ??= new LevelScoreOptions();
        var limit = Limit(reference, options);
        if (run.Costs.Count > reference.Count)
            throw new ArgumentException($"The run has {run.Costs.Count} levels, the problem {reference.Count}.", nameof(run));
        var wrong = new LevelScore(false, 0, new double[reference.Count]);
        var levels = new double[reference.Count];
        for (var level = 0; level < reference.Count; level++)
        {
            var costs = level < run.Costs.Count
                ? run.Costs[level]
                : throw new ArgumentException($"The run says nothing of level {level} and has no cost beyond the limit {limit}; list the level in which it ended.", nameof(run));
            if (IsBroken(costs, limit, options.KillTolerance, level))
                return level == 0 ? wrong : Completed(levels, options);
            if (run.End != LevelRunEnd.Completed && level == run.Costs.Count - 1)
                return run.End == LevelRunEnd.Wrong || level == 0 ? wrong : Completed(levels, options);
            if (options.Hardness[level] == 0) continue;
            if (costs.Count != reference[level].Count)
                throw new ArgumentException($"The run has {costs.Count} costs in level {level}, the reference {reference[level].Count}; both take the same tests.", nameof(run));
            levels[level] = Math.Max(0, limit - costs.Max(cost => cost.Value)) / (limit - reference[level].Max());
        }

        return Completed(levels, options);
    }

    // A killed test ends its level and with it the run, unless it was killed so early that the score hangs on what it would have taken.
    private static bool IsBroken(IReadOnlyList<CensoredValue> costs, double limit, double tolerance, int level)
    {
        foreach (var cost in costs)
        {
            if (cost.Value < 0) throw new ArgumentException($"A cost of level {level} is {cost}; costs are at least 0.", nameof(costs));
            if (cost.Value > limit + tolerance) return true;
            if (!cost.IsCensored) continue;
            return cost.Value >= limit
                ? true
                : throw new ArgumentException(
                    $"A test of level {level} was cut off at {cost.Value}, below the limit {limit}, so its score is not known; "
                    + "measure with a limit as large as the largest timeout factor asks for.", nameof(costs));
        }

        return false;
    }

    private static LevelScore Completed(double[] levels, LevelScoreOptions options)
    {
        double sum = 0, weights = 0;
        for (var level = 0; level < levels.Length; level++)
        {
            sum += options.Hardness[level] * levels[level];
            weights += options.Hardness[level];
        }

        return new LevelScore(true, sum / weights, levels);
    }

    private static IEnumerable<int> Weighted(LevelScoreOptions options) =>
        Enumerable.Range(0, options.Hardness.Count).Where(level => options.Hardness[level] > 0);

    private static void Check(IReadOnlyList<IReadOnlyList<double>> reference, LevelScoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (!(options.TimeoutFactor > 1) || !double.IsFinite(options.TimeoutFactor))
            throw new ArgumentOutOfRangeException(nameof(options), options.TimeoutFactor, "The timeout factor is above 1: a limit at the reference's own time leaves nothing to score.");
        if (!(options.KillTolerance >= 0))
            throw new ArgumentOutOfRangeException(nameof(options), options.KillTolerance, "The tolerance is at least 0.");
        if (options.Hardness.Any(weight => !(weight >= 0) || double.IsInfinity(weight)) || !options.Hardness.Any(weight => weight > 0))
            throw new ArgumentOutOfRangeException(nameof(options), string.Join(", ", options.Hardness), "Weights of levels are at least 0, and one is above it.");
        if (reference.Count != options.Hardness.Count)
            throw new ArgumentException($"The reference has {reference.Count} levels but there are {options.Hardness.Count} weights; give one per level, 0 for level 0.", nameof(reference));
        foreach (var level in Weighted(options))
        {
            if (reference[level].Count == 0) throw new ArgumentException($"Level {level} has weight but the reference has no costs for it.", nameof(reference));
            foreach (var cost in reference[level])
            {
                if (!(cost > 0) || !double.IsFinite(cost))
                    throw new ArgumentException($"A reference cost of level {level} is {cost}; it must be positive and finite.", nameof(reference));
            }
        }
    }
}
