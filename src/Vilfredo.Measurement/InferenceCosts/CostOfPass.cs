using Vilfredo.Statistics;

namespace Vilfredo.Measurement.InferenceCosts;

/// <summary>
/// Cost of pass: the expected money for one solved problem, v(m, p) = C_m(p) / R_m(p) (Erol et al., "Cost-of-Pass: An Economic
/// Framework for Evaluating Language Models", arXiv 2504.13359), infinite when nothing is solved.
/// </summary>
/// <remarks>
/// Two aggregations, which differ: <see cref="Pooled"/> divides the mean cost by the accuracy over all attempts (what the
/// tables of Wang et al., arXiv 2508.02694, show); <see cref="PerProblem"/> takes the ratio problem by problem, and the mean
/// of those is what <see cref="FrontierCostOfPass"/> works with (Erol et al.).
/// </remarks>
public static class CostOfPass
{
    /// <summary>Mean cost over success rate.</summary>
    /// <param name="meanCost">The mean cost of an attempt.</param>
    /// <param name="passRate">The success rate in [0, 1]; 0 gives an infinite cost, even when attempts are free.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1].</exception>
    public static PassCost Of(Money meanCost, double passRate)
    {
        if (!(passRate is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(passRate), passRate, "A success rate lies between 0 and 1; divide percentages by 100.");
        }

        return passRate == 0 ? PassCost.Never(meanCost.Currency) : new PassCost(meanCost.Amount / passRate, meanCost.Currency);
    }

    /// <summary>The pooled cost of pass of attempts, with a bootstrap interval.</summary>
    /// <remarks>
    /// <para>Cost and success of an attempt are resampled together. The interval is found for the bounded quantity
    /// C / (C + C̄ R), which grows with C / R and stays finite for a resample without a pass, and mapped back.</para>
    /// <para>Attempts are resampled one by one, as if independent; when problems were tried several times, average each
    /// problem's repeats first or read the interval as too narrow.</para>
    /// <para>When nothing passed, every resample agrees and the bootstrap says nothing: the lower end is then the mean cost
    /// over the largest success rate that n failures leave plausible, 1 − (α/2)^(1/n) (Clopper and Pearson, Biometrika 26,
    /// 1934), and the upper end is infinite.</para>
    /// </remarks>
    /// <param name="attempts">At least one, all costs in one currency.</param>
    /// <param name="random">Draws the resamples.</param>
    /// <param name="options">Level, method and number of resamples; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">There is no attempt, or the currencies differ.</exception>
    public static CostOfPassEstimate Pooled(
        IReadOnlyCollection<Attempt> attempts, RandomGenerator random, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(random);
        var currency = Currency(attempts);
        options ??= new BootstrapOptions();
        double[] costs = [.. attempts.Select(attempt => attempt.Cost.Amount)];
        double[] passes = [.. attempts.Select(attempt => attempt.Passed ? 1.0 : 0.0)];
        var meanCost = Descriptive.Mean(costs);
        var value = Of(new Money(meanCost, currency), Descriptive.Mean(passes));
        var (lower, upper) = value.NeverPasses
            ? (meanCost / LargestPlausibleRate(costs.Length, options.Level), double.PositiveInfinity)
            : Ends(costs, passes, meanCost, random, options);
        return new CostOfPassEstimate
        {
            Value = value,
            Lower = new PassCost(lower, currency),
            Upper = new PassCost(upper, currency),
            Level = options.Level,
            Attempts = costs.Length,
            Passes = attempts.Count(attempt => attempt.Passed),
            MeanCost = new Money(meanCost, currency),
        };
    }

    /// <summary>The pooled cost of pass of every group, such as the levels of a benchmark.</summary>
    /// <param name="attempts">At least one; each names its group.</param>
    /// <param name="random">Draws the resamples.</param>
    /// <param name="options">Level, method and number of resamples; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">There is no attempt, one has no group, or the currencies differ.</exception>
    public static SortedDictionary<string, CostOfPassEstimate> PooledByGroup(
        IReadOnlyCollection<Attempt> attempts, RandomGenerator random, BootstrapOptions? options = null)
    {
        Currency(attempts);
        var orphan = attempts.FirstOrDefault(attempt => attempt.Group is null);
        if (orphan is not null)
            throw new ArgumentException($"An attempt at problem '{orphan.Problem}' has no group; give every attempt one.", nameof(attempts));

        var result = new SortedDictionary<string, CostOfPassEstimate>(StringComparer.Ordinal);
        foreach (var group in attempts.GroupBy(attempt => attempt.Group!, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            result[group.Key] = Pooled([.. group], random, options);
        return result;
    }

    /// <summary>The cost of pass of every problem: mean cost of its attempts over its success rate.</summary>
    /// <param name="attempts">At least one, all costs in one currency; several per problem make the rates meaningful.</param>
    /// <exception cref="ArgumentException">There is no attempt, or the currencies differ.</exception>
    public static SortedDictionary<string, PassCost> PerProblem(IReadOnlyCollection<Attempt> attempts)
    {
        var currency = Currency(attempts);
        var result = new SortedDictionary<string, PassCost>(StringComparer.Ordinal);
        foreach (var problem in attempts.GroupBy(attempt => attempt.Problem, StringComparer.Ordinal))
        {
            var meanCost = problem.Average(attempt => attempt.Cost.Amount);
            result[problem.Key] = Of(new Money(meanCost, currency), problem.Average(attempt => attempt.Passed ? 1.0 : 0.0));
        }

        return result;
    }

    private static (double Lower, double Upper) Ends(
        double[] costs, double[] passes, double meanCost, RandomGenerator random, BootstrapOptions options)
    {
        if (meanCost == 0) return (0, 0);

        double Share(ReadOnlySpan<double> cost, ReadOnlySpan<double> pass)
        {
            var rate = Descriptive.Mean(pass);
            var mean = Descriptive.Mean(cost);
            return rate == 0 ? 1 : mean / (mean + meanCost * rate);
        }

        var interval = Bootstrap.Paired(costs, passes, Share, random, options);
        return (Unshare(interval.Lower), Unshare(interval.Upper));

        double Unshare(double share) => share >= 1 ? double.PositiveInfinity : meanCost * share / (1 - share);
    }

    private static double LargestPlausibleRate(int failures, double level) => 1 - Math.Pow((1 - level) / 2, 1.0 / failures);

    private static string Currency(IReadOnlyCollection<Attempt> attempts)
    {
        ArgumentNullException.ThrowIfNull(attempts);
        if (attempts.Count == 0)
            throw new ArgumentException("There are no attempts, so there is no cost of pass; pass at least one.", nameof(attempts));

        var currencies = attempts.Select(attempt => attempt.Cost.Currency).Distinct().ToList();
        if (currencies.Count > 1)
        {
            throw new ArgumentException(
                $"The attempts' costs are in {string.Join(" and ", currencies)}; convert them to one currency first.", nameof(attempts));
        }

        return currencies[0].Length > 0
            ? currencies[0]
            : throw new ArgumentException("An attempt's cost has no currency; create it as new Money(amount, \"USD\").", nameof(attempts));
    }
}
