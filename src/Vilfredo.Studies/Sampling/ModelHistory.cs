namespace Vilfredo.Studies;

/// <summary>
/// Which trials a model-based sampler may learn from, so that its proposals are a function of the seed, the index and the
/// results: in a deterministic study whole blocks of proposals, otherwise all that is in.
/// </summary>
internal sealed class ModelHistory(StudyDefinition definition, int initial, int block)
{
    private readonly List<TrialOutcome?> learned = [];
    private readonly List<int> fresh = [];
    private readonly List<int> pending = [];

    /// <summary>The trials to learn from that were not named before, in rising order.</summary>
    public IReadOnlyList<int> Fresh => fresh;

    /// <summary>The trials whose results are not to be looked at yet.</summary>
    public IReadOnlyList<int> Pending => pending;

    /// <summary>Whether everything learned must be forgotten, since a result changed; then all is fresh again.</summary>
    public bool Restarts { get; private set; }

    /// <summary>Looks at the study before a proposal.</summary>
    /// <returns>Whether a proposal can be made; false when results of running trials must come in first.</returns>
    public bool Update(StudyState state, int index)
    {
        var end = state.Trials.Count;
        if (definition.Deterministic)
        {
            end = EndOf(state, initial + (index - initial) / block * block);
            for (var i = 0; i < end; i++)
            {
                if (!state.Trials[i].IsFinished) return false;
            }
        }

        Restarts = false;
        for (var i = 0; i < learned.Count && !Restarts; i++)
            Restarts = learned[i] is { } outcome && !ReferenceEquals(outcome, state.Trials[i].Outcome);
        if (Restarts) learned.Clear();
        fresh.Clear();
        pending.Clear();
        for (var i = 0; i < state.Trials.Count; i++)
        {
            if (learned.Count == i) learned.Add(null);
            var trial = state.Trials[i];
            if (i >= end || !trial.IsFinished) pending.Add(i);
            else if (learned[i] is null)
            {
                learned[i] = trial.Outcome;
                fresh.Add(i);
            }
        }

        return true;
    }

    // The trial after a number of proposals; repeats of earlier trials lie between them.
    private static int EndOf(StudyState state, int proposals)
    {
        var i = 0;
        for (; i < state.Trials.Count; i++)
        {
            if (state.Trials[i].RepeatOf is null && proposals-- == 0) break;
        }

        return i;
    }
}
