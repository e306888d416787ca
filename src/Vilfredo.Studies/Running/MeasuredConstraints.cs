namespace Vilfredo.Studies;

/// <summary>Evaluates a study's constraints on measured values.</summary>
internal static class MeasuredConstraints
{
    /// <summary>The outcome with the violation of each constraint.</summary>
    /// <exception cref="InvalidResultException">A constraint uses a metric that was not measured.</exception>
    public static TrialOutcome Apply(StudyDefinition definition, Configuration configuration, TrialOutcome outcome)
    {
        if (definition.MeasuredConstraints.Count == 0) return outcome;
        var violations = new double[definition.MeasuredConstraints.Count];
        for (var i = 0; i < violations.Length; i++)
        {
            var constraint = definition.MeasuredConstraints[i];
            var missing = constraint.Names.FirstOrDefault(n => ValueOf(n) is null && definition.Space.Find(n) is null);
            if (missing is not null)
                throw new InvalidResultException($"The constraint '{constraint}' needs '{missing}', which was not measured.");
            // A constraint on a knob that is inactive here does not apply.
            if (constraint.Names.All(n => ValueOf(n) is not null)) violations[i] = constraint.Violation(ValueOf);
        }

        return outcome.WithViolations(violations);

        object? ValueOf(string name)
        {
            for (var i = 0; i < definition.Objectives.Count; i++)
            {
                if (definition.Objectives[i].Objective.Name == name) return outcome.Values[i];
            }

            if (outcome.Metrics.TryGetValue(name, out var metric)) return metric;
            return configuration.TryGet(name, out var knob) ? SearchSpace.AsObject(knob) : null;
        }
    }
}
