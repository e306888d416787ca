using Vilfredo.Indicators;
using Vilfredo.Statistics;

namespace Vilfredo.Reproductions;

/// <summary>
/// An inequality between statistics of measured points, judged on a run by a 95 % interval over seeds; or exact numbers; or a
/// claim that cannot be judged here, with the reason.
/// </summary>
/// <remarks>
/// A claim about seeds holds when the whole interval satisfies its bound. It takes at least <see cref="FewestSeeds"/> seeds, and
/// seeds that all give the same number are no evidence: both make it not measurable. Intervals are BCa bootstrap intervals of
/// 10,000 resamples over seeds, drawn whole; shares have Wilson's interval. What is claimed of every seed has none.
/// </remarks>
public sealed class Claim
{
    /// <summary>With fewer seeds a claim about seeds is not measurable.</summary>
    public const int FewestSeeds = 3;

    private readonly Func<Claim, RunResults, ClaimResult> judge;

    private Claim(ClaimText text, Func<Claim, RunResults, ClaimResult> judge)
    {
        ArgumentNullException.ThrowIfNull(text);
        (Text, this.judge) = (text, judge);
    }

    /// <summary>What it says.</summary>
    public ClaimText Text { get; }

    /// <summary>The mean of a value over seeds satisfies a bound.</summary>
    public static Claim Mean(ClaimText text, Selection value, Bound bound) =>
        Computed(text, (results, seed) => results.Value(value.Method, value.Setting, seed, value.Metric), bound);

    /// <summary>The mean over seeds of first − second, paired by seed, satisfies a bound.</summary>
    public static Claim Difference(ClaimText text, Selection first, Selection second, Bound bound) => Computed(
        text,
        (results, seed) => results.Value(first.Method, first.Setting, seed, first.Metric)
            - results.Value(second.Method, second.Setting, seed, second.Metric),
        bound);

    /// <summary>The ratio of the means over seeds, resampled in pairs, satisfies a bound. Not measurable unless all denominators are positive.</summary>
    public static Claim Ratio(ClaimText text, Selection numerator, Selection denominator, Bound bound) => new(text, (claim, results) =>
    {
        var (top, bottom) = (results.OverSeeds(numerator), results.OverSeeds(denominator));
        if (bottom.Any(value => value <= 0)) return claim.Unjudged("a seed's denominator is not positive, so that the ratio has no meaning");
        if (top.Length < FewestSeeds) return claim.TooFewSeeds(top.Length);
        return claim.Judged(
            Bootstrap.Paired(top, bottom, (x, y) => Descriptive.Mean(x) / Descriptive.Mean(y), claim.Resampling()), bound, top.Length);
    });

    /// <summary>The mean over seeds of a number computed from the run satisfies a bound.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="ofSeed">The number of a seed.</param>
    /// <param name="bound">What is allowed.</param>
    public static Claim Computed(ClaimText text, Func<RunResults, int, double> ofSeed, Bound bound) => new(text, (claim, results) =>
    {
        double[] values = [.. results.Seeds.Select(seed => ofSeed(results, seed))];
        return values.Length < FewestSeeds
            ? claim.TooFewSeeds(values.Length)
            : claim.Judged(Bootstrap.OneSample(values, Descriptive.Mean, claim.Resampling()), bound, values.Length);
    });

    /// <summary>The share of seeds for which something is true satisfies a bound (Wilson's score interval).</summary>
    /// <param name="text">What it says.</param>
    /// <param name="ofSeed">Whether it is true for a seed.</param>
    /// <param name="bound">What is allowed.</param>
    public static Claim Share(ClaimText text, Func<RunResults, int, bool> ofSeed, Bound bound) => new(text, (claim, results) =>
    {
        var (count, hits) = (results.Seeds.Count, results.Seeds.Count(seed => ofSeed(results, seed)));
        if (count < FewestSeeds) return claim.TooFewSeeds(count);
        var interval = ProportionInterval.Wilson(hits, count);
        return claim.Judged((double)hits / count, interval.Lower, interval.Upper, bound, count);
    });

    /// <summary>
    /// Something is true for each seed without exception. It says nothing of seeds that were not run, so there is no interval: one
    /// counterexample refutes it.
    /// </summary>
    /// <param name="text">What it says.</param>
    /// <param name="ofSeed">The number of a seed that must satisfy the bound.</param>
    /// <param name="bound">What is allowed.</param>
    public static Claim EverySeed(ClaimText text, Func<RunResults, int, double> ofSeed, Bound bound) => new(text, (claim, results) =>
    {
        double[] values = [.. results.Seeds.Select(seed => ofSeed(results, seed))];
        if (values.Length < FewestSeeds) return claim.TooFewSeeds(values.Length);
        var violations = values.Count(value => !bound.Allows(value));
        return claim.Blank(violations == 0 ? Verdict.Holds : Verdict.Fails) with
        {
            Bound = bound.ToString(),
            Seeds = values.Length,
            Reason = FormattableString.Invariant(
                $"{values.Length - violations} of {values.Length} seeds; the values are {values.Min():G4} to {values.Max():G4}"),
        };
    });

    /// <summary>The mean over seeds of the difference of two methods' hypervolumes, all settings together, satisfies a bound.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="first">A method.</param>
    /// <param name="second">The method whose hypervolume is subtracted.</param>
    /// <param name="objectives">The measured values that span the space.</param>
    /// <param name="reference">The reference point in the user's direction, one value per objective.</param>
    /// <param name="bound">What is allowed.</param>
    public static Claim HypervolumeDifference(
        ClaimText text, string first, string second, IReadOnlyList<Objective> objectives, IReadOnlyList<double> reference, Bound bound)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        ArgumentNullException.ThrowIfNull(reference);
        if (reference.Count != objectives.Count)
            throw new ArgumentException($"{reference.Count} reference values were given for {objectives.Count} objectives; give one each.", nameof(reference));
        double[] corner = [.. reference.Select((value, k) => objectives[k].ToMinimization(value))];
        double Volume(RunResults results, string method, int seed)
        {
            var own = results.Results.Where(result => result.Unit.Method == method && result.Unit.Seed == seed).ToArray();
            if (own.Length == 0) throw new MissingMeasurementException($"{method}, seed {seed} is not part of this run");
            double[] points = [.. own.SelectMany(result => objectives.Select(o => o.ToMinimization(result.Value(o.Name))))];
            return Hypervolume.Compute(points, objectives.Count, corner);
        }

        return Computed(text, (results, seed) => Volume(results, first, seed) - Volume(results, second, seed), bound);
    }

    /// <summary>Numbers of the paper come out within their tolerances; it does not depend on seeds.</summary>
    public static Claim Exact(ClaimText text, IReadOnlyList<ExactValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0) throw new ArgumentException("An exact claim compares at least one number.", nameof(values));
        return new(text, (claim, _) =>
        {
            var wrong = values.Where(value => !value.Agrees).ToArray();
            return claim.Blank(wrong.Length == 0 ? Verdict.Holds : Verdict.Fails) with
            {
                Estimate = values.Count == 1 ? values[0].Actual : null,
                Reason = wrong.Length == 0
                    ? $"{values.Count} of {values.Count} numbers agree"
                    : $"{wrong.Length} of {values.Count} numbers differ: "
                        + string.Join("; ", wrong.Select(w => FormattableString.Invariant($"{w.Name} is {w.Actual:G4}, printed {w.Expected:G4}"))),
            };
        });
    }

    /// <summary>A claim that this library or machine cannot judge.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="reason">Why not.</param>
    public static Claim NotMeasurable(ClaimText text, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new(text, (claim, _) => claim.Unjudged(reason));
    }

    /// <summary>Judges the claim on a run.</summary>
    public ClaimResult Judge(RunResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        try
        {
            return judge(this, results);
        }
        catch (MissingMeasurementException missing)
        {
            return Unjudged(missing.Message);
        }
    }

    private RandomGenerator Resampling() => new(UnitContext.StableHash("claim", Text.Id));

    private ClaimResult Blank(Verdict verdict) =>
        new() { Id = Text.Id, Statement = Text.Statement, PaperFigure = Text.PaperFigure, Verdict = verdict };

    private ClaimResult Unjudged(string reason) => Blank(Verdict.NotMeasurable) with { Reason = reason };

    private ClaimResult TooFewSeeds(int seeds) => Unjudged($"{seeds} of the at least {FewestSeeds} seeds that an interval takes") with { Seeds = seeds };

    private ClaimResult Judged(BootstrapInterval interval, Bound bound, int seeds) => interval.IsDegenerate
        ? Unjudged("all seeds give the same number, which says nothing of its spread") with { Estimate = interval.Estimate, Bound = bound.ToString(), Seeds = seeds }
        : Judged(interval.Estimate, interval.Lower, interval.Upper, bound, seeds);

    private ClaimResult Judged(double estimate, double lower, double upper, Bound bound, int seeds)
    {
        var holds = bound.Allows(lower) && bound.Allows(upper);
        return Blank(holds ? Verdict.Holds : Verdict.Fails) with
        {
            Estimate = estimate,
            Lower = lower,
            Upper = upper,
            Bound = bound.ToString(),
            Seeds = seeds,
            Reason = holds ? null : bound.Allows(estimate) ? "the interval reaches beyond the bound" : "the estimate is beyond the bound",
        };
    }
}
