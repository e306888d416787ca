namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Relative;

/// <summary>
/// Scores of a solution within a pool of solutions of the same task. Beyond is the score of Mercury (Du et al., "Mercury: A Code
/// Efficiency Benchmark for Code Large Language Models", 2024): its place in the pool's range of runtimes.
/// </summary>
/// <remarks>The formula of Beyond was recalled, not re-read: check it before comparing with published figures.</remarks>
public static class Beyond
{
    /// <summary>
    /// (max − c) / (max − min) with c clipped to the pool's range: 1 at or below the pool's best, 0 at or above its worst; a wrong
    /// or broken solution scores 0. One slow member of the pool stretches the range and lifts everyone.
    /// </summary>
    /// <param name="cost">The solution's cost; <see langword="null"/> for a wrong one.</param>
    /// <param name="pool">The costs of the pool, positive and finite, at least one. In a pool of one cost, meeting it scores 1.</param>
    /// <exception cref="ArgumentException">A cost is outside its range, or was cut off within the pool's range so that the score is unknown.</exception>
    public static double Score(CensoredValue? cost, ReadOnlySpan<double> pool)
    {
        var (best, worst) = Range(pool);
        if (Known(cost, worst) is not { } known) return 0;
        if (best == worst) return known <= best ? 1 : 0;
        return (worst - Math.Clamp(known, best, worst)) / (worst - best);
    }

    /// <summary>The share of the pool that is slower, equal ones counting half: unmoved by how much slower they are.</summary>
    /// <inheritdoc cref="Score"/>
    public static double Percentile(CensoredValue? cost, ReadOnlySpan<double> pool)
    {
        var (_, worst) = Range(pool);
        if (Known(cost, worst) is not { } known) return 0;
        double slower = 0;
        foreach (var other in pool) slower += other > known ? 1 : other == known ? 0.5 : 0;
        return slower / pool.Length;
    }

    private static double? Known(CensoredValue? cost, double worst)
    {
        if (cost is not { } given) return null;
        if (given.Value < 0) throw new ArgumentException($"The cost is {given}; costs are at least 0.", nameof(cost));
        if (!given.IsCensored) return given.Value;
        return given.Value >= worst
            ? null
            : throw new ArgumentException($"The run was cut off at {given.Value}, below the pool's worst of {worst}, so its place is not known; measure with a larger limit.", nameof(cost));
    }

    private static (double Best, double Worst) Range(ReadOnlySpan<double> pool)
    {
        if (pool.IsEmpty) throw new ArgumentException("The pool is empty; give at least one cost.", nameof(pool));
        double best = double.PositiveInfinity, worst = 0;
        foreach (var cost in pool)
        {
            if (!(cost > 0) || !double.IsFinite(cost)) throw new ArgumentException($"The pool holds {cost}; costs are positive and finite.", nameof(pool));
            (best, worst) = (Math.Min(best, cost), Math.Max(worst, cost));
        }

        return (best, worst);
    }
}
