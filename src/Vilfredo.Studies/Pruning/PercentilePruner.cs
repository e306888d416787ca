using System.Globalization;
using Vilfredo.Statistics;

namespace Vilfredo.Studies;

/// <summary>Ends a trial whose best value so far is worse than a percentile of what other trials had reported at the same step. One objective only.</summary>
/// <remarks>Source: the median stopping rule of D. Golovin et al., "Google Vizier: a service for black-box optimization", KDD 2017, section 3.2.1, with the trial's best value in place of its running average.</remarks>
internal sealed class PercentilePruner : IPruner
{
    /// <summary>The options of <c>median</c>: finished trials before any is pruned (5), and the first step at which one is (0).</summary>
    public static readonly string[] MedianOptionNames = ["startup_trials", "min_steps"];

    /// <summary>The options of <c>percentile</c>: as of <c>median</c>, and the share in percent of trials that go on (50).</summary>
    public static readonly string[] OptionNames = [.. MedianOptionNames, "percentile"];

    private readonly double percentile;
    private readonly int startupTrials;
    private readonly long minSteps;

    private PercentilePruner(PrunerDefinition pruner, StudyDefinition definition, double percentile)
    {
        if (definition.Objectives.Count > 1)
            throw new ArgumentException($"The pruner '{pruner.Name}' compares one objective and the study has {definition.Objectives.Count}; use 'asha' or 'hyperband', which rank by fronts.");
        this.percentile = percentile;
        startupTrials = (int)Pruners.Option(pruner, "startup_trials", 5, 1, 1e6);
        minSteps = (long)Pruners.Option(pruner, "min_steps", 0, 0, 1e15);
    }

    /// <summary>The median rule.</summary>
    public static PercentilePruner Median(PrunerDefinition pruner, StudyDefinition definition) => new(pruner, definition, 50);

    /// <summary>The rule with another percentile.</summary>
    public static PercentilePruner Percentile(PrunerDefinition pruner, StudyDefinition definition) =>
        new(pruner, definition, Pruners.Option(pruner, "percentile", 50, 1, 99, isWhole: false));

    /// <inheritdoc/>
    public string? Decide(StudyState state, TrialRecord trial)
    {
        var objective = state.Definition.Objectives[0].Objective;
        var step = trial.Reports[^1].Step;
        if (step < minSteps) return null;
        var others = new List<double>();
        foreach (var other in state.Trials)
        {
            if (other.Number != trial.Number && other.IsFeasible && Rungs.At(other, step) is { } values) others.Add(objective.ToMinimization(values[0]));
        }

        if (others.Count < startupTrials) return null;
        var own = trial.Reports.Min(report => objective.ToMinimization(report.Values[0]));
        var bar = Descriptive.Quantile(others.ToArray(), percentile / 100);
        return own > bar
            ? string.Create(CultureInfo.InvariantCulture, $"at step {step} its best {objective.Name} was {objective.ToMinimization(own):G6}, and {percentile:G3} % of {others.Count} others had at least {objective.ToMinimization(bar):G6}")
            : null;
    }
}
