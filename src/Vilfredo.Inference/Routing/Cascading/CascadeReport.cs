using Vilfredo.Inference.Routing.Metrics;
using Vilfredo.Inference.Strategies.Cascades;
using Vilfredo.Statistics;

namespace Vilfredo.Inference.Routing.Cascading;

/// <summary>How a fitted cascade does on recorded answers to prompts that it was not fitted to. Nothing is asked.</summary>
public sealed record CascadeReport
{
    /// <summary>The number of prompts.</summary>
    public required int Prompts { get; init; }

    /// <summary>The cheap tier alone.</summary>
    public required CurvePoint Cheap { get; init; }

    /// <summary>The dear tier alone.</summary>
    public required CurvePoint Dear { get; init; }

    /// <summary>The cascade.</summary>
    public required CurvePoint Cascade { get; init; }

    /// <summary>The share of prompts that the dear tier answers.</summary>
    public required double Escalated { get; init; }

    /// <summary>Who knows which answers are right: asks the dear tier instead where it alone is right, and no verifier.</summary>
    public required CurvePoint Oracle { get; init; }

    /// <summary>The IBC lift; NaN where the dear tier is not better and dearer on these prompts.</summary>
    public double Lift => IncrementalBenefit.Lift(Cascade, Cheap, Dear);

    /// <summary>The quality of draws between the two tiers at the cascade's cost.</summary>
    public required double Draws { get; init; }

    /// <summary>The cascade's quality less that of draws at its cost, with a bootstrap interval over prompts.</summary>
    public required BootstrapInterval OverDraws { get; init; }

    /// <summary>Judges a policy.</summary>
    /// <param name="table">Answers to at least two prompts.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="random">Draws the resamples.</param>
    /// <param name="options">Level and number of resamples; null for 1 000 of them and 95 %.</param>
    public static CascadeReport Of(CascadeTable table, CascadePolicy policy, RandomGenerator random, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(table.Count, 2, nameof(table));
        double[] all = [.. Enumerable.Range(0, table.Count).Select(prompt => (double)prompt)];
        var answers = Enumerable.Range(0, table.Count).Select(prompt => table.Answer(policy, prompt)).ToArray();
        var (cheap, dear, cascade) = (Mean(all, prompt => table.At(prompt, 0)), Mean(all, prompt => table.At(prompt, 2)), Mean(all, prompt => answers[prompt]));
        return new()
        {
            Prompts = table.Count,
            Cheap = cheap,
            Dear = dear,
            Cascade = cascade,
            Escalated = policy.Start == CascadeStart.Verify
                ? Enumerable.Range(0, table.Count).Average(prompt => policy.KeepsAt(table.ScoreOf(prompt)) ? 0.0 : 1)
                : policy.Start == CascadeStart.Escalate ? 1 : 0,
            Oracle = Mean(all, prompt => table.At(prompt, 2) is var up && up.Quality > table.At(prompt, 0).Quality ? up : table.At(prompt, 0)),
            Draws = Hull(cheap, dear).QualityAt(cascade.Cost, CurveInterpolation.Linear),
            OverDraws = Bootstrap.OneSample(all, OverDrawsOn, random, options ?? new() { Resamples = 1000, Method = BootstrapMethod.Percentile }),
        };

        double OverDrawsOn(ReadOnlySpan<double> prompts)
        {
            var point = Mean(prompts, prompt => answers[prompt]);
            return point.Quality - Hull(Mean(prompts, prompt => table.At(prompt, 0)), Mean(prompts, prompt => table.At(prompt, 2))).QualityAt(point.Cost, CurveInterpolation.Linear);
        }

        static QualityCostCurve Hull(CurvePoint cheap, CurvePoint dear) => new QualityCostCurve([cheap, dear]).Hull();

        static CurvePoint Mean(ReadOnlySpan<double> prompts, Func<int, CurvePoint> answer)
        {
            var (cost, quality) = (0.0, 0.0);
            foreach (var prompt in prompts)
            {
                var point = answer((int)prompt);
                (cost, quality) = (cost + point.Cost, quality + point.Quality);
            }

            return new(cost / prompts.Length, quality / prompts.Length);
        }
    }
}
