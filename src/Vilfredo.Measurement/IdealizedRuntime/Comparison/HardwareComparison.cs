namespace Vilfredo.Measurement.IdealizedRuntime.Comparison;

/// <summary>The same requests on different hardware: faster is not always dearer, as slower hardware is occupied for longer.</summary>
public static class HardwareComparison
{
    /// <summary>Costs the requests on every option, in the order given.</summary>
    /// <param name="options">The ways to run the model or models.</param>
    /// <param name="queries">The requests.</param>
    /// <param name="rule">How prompt lengths between the profiled ones are read.</param>
    public static IReadOnlyList<HardwareCost> Of(
        IEnumerable<HardwareOption> options, IReadOnlyCollection<TokenQuery> queries, PromptRule rule = PromptRule.Interpolate)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(queries);
        return [.. options.Select(option =>
        {
            var seconds = option.Profile.Total(queries, rule);
            return new HardwareCost(option, seconds, option.Setup.Cost(seconds), option.Setup.Joules(seconds));
        })];
    }

    /// <summary>The options as a frontier of time and money, both to minimise.</summary>
    /// <param name="costs">Of different models or hardware, all in one currency, at least one.</param>
    /// <exception cref="ArgumentException">There is none, currencies differ, or a model was costed twice on the same hardware.</exception>
    public static Frontier ToFrontier(IReadOnlyCollection<HardwareCost> costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        string[] currencies = [.. costs.Select(cost => cost.Cost.Currency).Distinct()];
        if (currencies.Length != 1)
        {
            throw new ArgumentException(
                currencies.Length == 0 ? "There is nothing to compare; pass at least one cost." : $"Costs in {string.Join(" and ", currencies)} cannot be compared; convert them first.",
                nameof(costs));
        }

        return new Frontier(
            [Objective.Minimize("time", "s"), Objective.Minimize("cost", currencies[0])],
            costs.Select(cost => new MeasuredPoint(
                ConfigurationKey.Of(
                    ("model", cost.Option.Profile.Model), ("hardware", cost.Option.Profile.Hardware), ("accelerators", cost.Option.Setup.Count)),
                [cost.Seconds, cost.Cost.Amount])));
    }
}
