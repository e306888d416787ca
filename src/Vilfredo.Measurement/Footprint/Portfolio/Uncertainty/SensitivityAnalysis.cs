using Vilfredo.Measurement.Footprint.Portfolio.Scenarios;

namespace Vilfredo.Measurement.Footprint.Portfolio.Uncertainty;

/// <summary>How results depend on inputs that are not known exactly.</summary>
/// <param name="portfolio">The portfolio.</param>
/// <param name="factors">The inputs.</param>
public sealed class SensitivityAnalysis(AiPortfolio portfolio, IReadOnlyList<UncertainFactor> factors)
{
    /// <summary>One factor at a time, the widest swing first: impact of a year.</summary>
    public IReadOnlyList<TornadoBar> Tornado(ImpactCriterion criterion) => Sorted(
        factors.Where(factor => factor.ApplyToPortfolio is not null),
        (factor, value) => factor.ApplyToPortfolio!(portfolio, value).Evaluate().Total[criterion]);

    /// <summary>One factor at a time, the widest swing first: index at the horizon of a scenario.</summary>
    public IReadOnlyList<TornadoBar> Tornado(Scenario scenario, ImpactCriterion criterion) => Sorted(
        factors.Where(factor => factor.ApplyToScenario is not null),
        (factor, value) => Projection.Horizon(portfolio, factor.ApplyToScenario!(scenario, value)).Index[criterion]);

    /// <summary>All factors at once: impacts of a year over seeded draws.</summary>
    /// <param name="draws">How many, at least 2.</param>
    /// <param name="random">Where they come from.</param>
    /// <param name="cancellation">Stops between draws.</param>
    public IReadOnlyDictionary<ImpactCriterion, UncertainResult> MonteCarlo(int draws, RandomGenerator random, CancellationToken cancellation = default) =>
        Sample(draws, () => Draw(random).Evaluate().Total, cancellation).ToDictionary(pair => pair.Key, pair => UncertainResult.Of(pair.Value));

    /// <summary>All factors of scenarios at once: index at the horizon over seeded draws.</summary>
    /// <param name="scenario">The scenario, which says what is not drawn.</param>
    /// <param name="draws">How many, at least 2.</param>
    /// <param name="random">Where they come from.</param>
    /// <param name="cancellation">Stops between draws.</param>
    public IReadOnlyDictionary<ImpactCriterion, UncertainResult> MonteCarlo(Scenario scenario, int draws, RandomGenerator random, CancellationToken cancellation = default) =>
        Sample(draws, () => Draw(scenario, random).Index, cancellation).ToDictionary(pair => pair.Key, pair => UncertainResult.Of(pair.Value));

    /// <summary>The portfolio with one draw of every factor.</summary>
    public AiPortfolio Draw(RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var drawn = portfolio;
        foreach (var factor in factors)
        {
            if (factor.ApplyToPortfolio is { } apply) drawn = apply(drawn, factor.Distribution.Draw(random));
        }

        return drawn;
    }

    /// <summary>The horizon of a scenario with one draw of every factor of scenarios.</summary>
    public ProjectedYear Draw(Scenario scenario, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var drawn = scenario;
        foreach (var factor in factors)
        {
            if (factor.ApplyToScenario is { } apply) drawn = apply(drawn, factor.Distribution.Draw(random));
        }

        return Projection.Horizon(portfolio, drawn);
    }

    private static Dictionary<ImpactCriterion, double[]> Sample(int draws, Func<Impacts> evaluate, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 2);
        var samples = Impacts.Criteria.ToDictionary(criterion => criterion, _ => new double[draws]);
        for (var draw = 0; draw < draws; draw++)
        {
            cancellation.ThrowIfCancellationRequested();
            var impacts = evaluate();
            foreach (var (criterion, sample) in samples) sample[draw] = impacts[criterion];
        }

        return samples;
    }

    private static IReadOnlyList<TornadoBar> Sorted(IEnumerable<UncertainFactor> factors, Func<UncertainFactor, double, double> evaluate) =>
    [
        .. factors.Select(factor => new TornadoBar(factor, evaluate(factor, factor.Distribution.Low), evaluate(factor, factor.Distribution.High)))
            .OrderByDescending(bar => bar.Swing),
    ];
}
