namespace Vilfredo.Studies;

/// <summary>Gives a study what another one has measured, so that its sampler need not begin from nothing.</summary>
public static class WarmStart
{
    /// <summary>
    /// Copies the finished trials of another study that make sense in this one: with every objective of this one by the same name, direction and unit, and a configuration that this
    /// one's space accepts. They become trials of this study, in their order, and count towards a budget of trials like imported ones.
    /// </summary>
    /// <remarks>Failed trials come too, since models of failures learn from them; measurements that are repeats of a trial keep that relation. Metrics that this study does not have are dropped; constraints on measured values are this study's.</remarks>
    /// <param name="study">The study that gets them.</param>
    /// <param name="source">The study that has them.</param>
    /// <returns>How many trials were copied, and how many finished trials were not because they do not fit the space.</returns>
    /// <exception cref="ArgumentException">The source lacks an objective, or a value that a constraint of this study needs; the message names it. Nothing is copied.</exception>
    public static (int Copied, int LeftOut) From(Study study, Study source)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(source);
        var (target, origin) = (study.Definition, source.Definition);
        var places = target.Objectives.Select(wanted => Place(origin, wanted)).ToArray();
        var metrics = target.Metrics.Select(metric => metric.Name).ToHashSet(StringComparer.Ordinal);
        var decisions = new double[target.Space.Knobs.Count == 0 ? 0 : target.Space.Decisions.Count];
        var fitting = new List<(TrialRecord Trial, TrialOutcome Outcome)>();
        var leftOut = 0;
        foreach (var trial in source.Read(state => state.Trials.Where(trial => trial.IsFinished).ToArray()))
        {
            var fits = target.Space.Knobs.Count == 0
                || (target.Space.Accepts(trial.Configuration, out _) && target.Space.TryEncode(trial.Configuration, decisions, new RandomGenerator(target.Seed, (ulong)trial.Number)));
            if (fits && trial.Outcome is { } outcome) fitting.Add((trial, Constrained(target, trial.Configuration, outcome.For(places, metrics))));
            else leftOut++;
        }

        var numbers = new Dictionary<int, int>();
        foreach (var (trial, outcome) in fitting)
        {
            var original = trial.RepeatOf is { } first && numbers.TryGetValue(first, out var number) ? number : (int?)null;
            numbers[trial.Number] = study.Restore(trial.Configuration, outcome, trial.Started, trial.Finished, original).Number;
        }

        return (numbers.Count, leftOut);
    }

    private static TrialOutcome Constrained(StudyDefinition target, Configuration configuration, TrialOutcome outcome)
    {
        if (!outcome.HasValues) return outcome;
        try
        {
            return MeasuredConstraints.Apply(target, configuration, outcome);
        }
        catch (InvalidResultException error)
        {
            throw new ArgumentException($"The trials of the other study cannot be used: {error.Message}", error);
        }
    }

    private static int Place(StudyDefinition origin, ObjectiveDefinition wanted)
    {
        for (var i = 0; i < origin.Objectives.Count; i++)
            if (origin.Objectives[i].Objective == wanted.Objective) return i;
        throw new ArgumentException(
            $"The study '{origin.Name}' has no objective '{wanted.Objective.Label}' in the same direction; it has {string.Join(", ", origin.Objectives.Select(o => o.Objective.Label))}.");
    }
}
