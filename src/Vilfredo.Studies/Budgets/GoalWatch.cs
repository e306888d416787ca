using System.Globalization;

namespace Vilfredo.Studies;

/// <summary>Watches for the limits of a budget that depend on what was found: target values, a hypervolume, a frontier that stands still.</summary>
/// <remarks>A function of the study's state; what is kept is only how far it has been looked through.</remarks>
internal sealed class GoalWatch
{
    private readonly StudyDefinition definition;
    private readonly Objective[] objectives;
    private readonly HypervolumeProgress? hypervolume;
    private int settled; // the first trial that is not finished, or has not been looked at
    private int added;
    private int lookedAt;
    private string? reached;

    /// <summary>Starts to watch a study of a definition.</summary>
    public GoalWatch(StudyDefinition definition)
    {
        this.definition = definition;
        objectives = [.. definition.Objectives.Select(o => o.Objective)];
        if (definition.Budget.Hypervolume is { } goal) hypervolume = new(objectives, [.. objectives.Select(o => goal.ReferencePoint[o.Name])]);
    }

    /// <summary>Which limit is reached, in words, or <see langword="null"/>.</summary>
    public string? Reached(StudyState state)
    {
        var budget = definition.Budget;
        if (reached is not null || (budget.Target.Count == 0 && budget.Hypervolume is null && budget.Stagnation is null)) return reached;
        for (var i = settled; i < state.Trials.Count && reached is null; i++)
        {
            var trial = state.Trials[i];
            if (budget.Target.Count > 0 && trial.IsFeasible && Meets(trial.Outcome!.Values)) reached = $"trial {i} reaches the target";
        }

        while (settled < state.Trials.Count && state.Trials[settled].IsFinished) settled++;
        reached ??= Grown(state) ?? Stagnant(state);
        return reached;
    }

    private bool Meets(double[] values)
    {
        for (var k = 0; k < objectives.Length; k++)
        {
            if (definition.Budget.Target.TryGetValue(objectives[k].Name, out var wanted) && objectives[k].ToMinimization(values[k]) > objectives[k].ToMinimization(wanted)) return false;
        }

        return true;
    }

    private string? Grown(StudyState state)
    {
        if (hypervolume is null) return null;
        for (; added < settled; added++)
        {
            if (state.Trials[added].IsFeasible) hypervolume.Add(state.Trials[added].Outcome!.Values);
        }

        return hypervolume.Value >= definition.Budget.Hypervolume!.AtLeast
            ? string.Create(CultureInfo.InvariantCulture, $"the hypervolume {hypervolume.Value:G4} is reached")
            : null;
    }

    private string? Stagnant(StudyState state)
    {
        if (definition.Budget.Stagnation is not { } limit) return null;
        var step = Math.Max(1, limit.Trials / 10);
        var end = settled / step * step;
        if (end <= lookedAt) return null;
        lookedAt = end;
        var points = state.Trials.Take(end).Where(t => t.IsFeasible).Select(t => (t.Number, t.Outcome!.Values)).ToArray();
        if (HypervolumeProgress.Suggest(objectives, points.Select(p => p.Values)) is not { } reference) return null;
        var progress = new HypervolumeProgress(objectives, reference);
        var before = 0.0;
        foreach (var (number, values) in points)
        {
            progress.Add(values);
            if (number < end - limit.Trials) before = progress.Value;
        }

        // Without a feasible trial in the time before, everything is growth.
        return before > 0 && progress.Value - before <= limit.Tolerance * progress.Value
            ? string.Create(CultureInfo.InvariantCulture, $"the hypervolume has grown by {(progress.Value - before) / progress.Value:P2} in the last {limit.Trials} trials")
            : null;
    }
}
