namespace Vilfredo.Studies;

/// <summary>What a budget must be to make sense.</summary>
internal static class BudgetRules
{
    /// <exception cref="ArgumentException">A limit makes no sense; the message says what to change.</exception>
    public static void Check(StudyBudget budget, IReadOnlyList<ObjectiveDefinition> objectives, IReadOnlyList<MetricDefinition> metrics)
    {
        var names = objectives.Select(o => o.Objective.Name).ToArray();
        foreach (var metric in budget.Costs.Keys)
        {
            if (!names.Contains(metric) && metrics.All(m => m.Name != metric))
                throw new ArgumentException($"The budget limits '{metric}', which is no objective or metric; there are: {string.Join(", ", names.Concat(metrics.Select(m => m.Name)))}.");
        }

        CheckValues("target", budget.Target, names);
        if (budget.Hypervolume is { } goal)
        {
            CheckValues("reference point of the hypervolume", goal.ReferencePoint, names);
            if (names.FirstOrDefault(name => !goal.ReferencePoint.ContainsKey(name)) is { } missing)
                throw new ArgumentException($"The reference point of the hypervolume has no value for '{missing}'; give one for every objective.");
            if (!(goal.AtLeast > 0 && double.IsFinite(goal.AtLeast)))
                throw new ArgumentException(FormattableString.Invariant($"The hypervolume to reach is {goal.AtLeast}; it must be a finite number above 0."));
        }

        if (budget.Stagnation is { Trials: < 1 } tooShort)
            throw new ArgumentException($"'stagnation': 'trials' must be at least 1, not {tooShort.Trials}.");
        if (budget.Stagnation is { } limit && !(limit.Tolerance is >= 0 and < 1))
            throw new ArgumentException(FormattableString.Invariant($"'stagnation': 'tolerance' must be at least 0 and below 1, not {limit.Tolerance}."));
    }

    private static void CheckValues(string what, IReadOnlyDictionary<string, double> values, string[] names)
    {
        foreach (var (name, value) in values)
        {
            if (!names.Contains(name)) throw new ArgumentException($"The {what} names '{name}', which is no objective; there are: {string.Join(", ", names)}.");
            if (!double.IsFinite(value)) throw new ArgumentException(FormattableString.Invariant($"The {what} has the value {value} for '{name}'; it must be finite."));
        }
    }
}
