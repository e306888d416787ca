using Vilfredo.Measurement.Footprint.Portfolio.Scenarios;
using Vilfredo.Statistics;

namespace Vilfredo.Measurement.Footprint.Portfolio.Uncertainty;

/// <summary>How much of a result's variance goes away at most when one factor becomes known: Sobol's total-effect indices.</summary>
public static class TotalEffects
{
    /// <summary>Total effects of the factors of scenarios on the index at the horizon.</summary>
    /// <param name="portfolio">The portfolio.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="factors">The factors; those that change no scenario are left out.</param>
    /// <param name="criterion">The criterion.</param>
    /// <param name="draws">Base draws, at least 2; a draw costs an evaluation per factor and one more.</param>
    /// <param name="random">Where they come from.</param>
    /// <returns>An index per factor's name, about 0 to 1; more than 1 in sum where factors interact. 0 when nothing varies.</returns>
    /// <remarks>Jansen's estimator: the mean of (f(a) - f(a with the factor redrawn))^2 / 2 over the variance of f.</remarks>
    public static IReadOnlyDictionary<string, double> OfScenario(
        AiPortfolio portfolio, Scenario scenario, IReadOnlyList<UncertainFactor> factors, ImpactCriterion criterion, int draws, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(factors);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 2);
        var active = factors.Where(factor => factor.ApplyToScenario is not null).ToArray();
        var results = new double[draws];
        var squares = new double[active.Length];
        for (var draw = 0; draw < draws; draw++)
        {
            double[] values = [.. active.Select(factor => factor.Distribution.Draw(random))];
            results[draw] = Evaluate(values);
            for (var i = 0; i < active.Length; i++)
            {
                var kept = values[i];
                values[i] = active[i].Distribution.Draw(random);
                var difference = results[draw] - Evaluate(values);
                squares[i] += difference * difference / 2;
                values[i] = kept;
            }
        }

        var variance = Descriptive.Variance(results);
        return active.Select((factor, i) => (factor.Name, Index: variance > 0 ? squares[i] / draws / variance : 0)).ToDictionary(pair => pair.Name, pair => pair.Index);

        double Evaluate(double[] values)
        {
            var drawn = scenario;
            for (var i = 0; i < active.Length; i++) drawn = active[i].ApplyToScenario!(drawn, values[i]);
            return Projection.Horizon(portfolio, drawn).Index[criterion];
        }
    }
}
