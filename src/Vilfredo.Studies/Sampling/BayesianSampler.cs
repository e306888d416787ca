using Vilfredo.Optimization.Bayesian;
using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Studies;

/// <summary>Bayesian optimisation for studies; see <see cref="BayesianSearch"/>.</summary>
/// <remarks>
/// An inactive knob counts as being in the middle of its range. Failed and timed-out trials make trials like them less likely;
/// running ones are taken into account. Each measured constraint is learned from its violations, each range of the preference from how far outside or inside values are. In a deterministic study
/// proposals come in blocks of the option <c>batch</c>, each from the results of all earlier blocks.
/// </remarks>
internal sealed class BayesianSampler : ITrialSampler
{
    /// <summary>The options; see <see cref="BayesianOptions"/>.</summary>
    public static readonly string[] OptionNames = ["initial", "batch"];

    private readonly StudyDefinition definition;
    private readonly BayesianOptions options;
    private readonly int initialPoints;
    private readonly QuasiRandomSampler initial;
    private readonly ModelHistory history;
    private readonly double[] middle;
    private BayesianSearch search;

    /// <exception cref="ArgumentException">An option is out of range, or the function is not for so many objectives.</exception>
    private BayesianSampler(StudyDefinition definition, AcquisitionFunction acquisition)
    {
        this.definition = definition;
        RequireFewObjectives(definition, acquisition);
        options = new BayesianOptions { Acquisition = acquisition };
        initialPoints = SamplerOptions.Count(definition.Sampler, "initial", Math.Max(10, definition.Space.Decisions.Count + 1));
        history = new(definition, initialPoints, SamplerOptions.Count(definition.Sampler, "batch", 4));
        initial = QuasiRandomSampler.Sobol(definition.Space.Decisions, definition.Seed);
        middle = new double[definition.Space.Decisions.Count];
        middle.AsSpan().Fill(0.5);
        definition.Space.Decisions.FromUnit(middle, middle);
        search = NewSearch();
    }

    /// <summary>A factory for the samplers of an acquisition function.</summary>
    public static Func<StudyDefinition, ITrialSampler> With(AcquisitionFunction acquisition) =>
        definition => new BayesianSampler(definition, acquisition);

    /// <inheritdoc/>
    public Proposal Propose(SamplingContext context)
    {
        var decisions = new double[context.Space.Decisions.Count];
        if (context.Index < initialPoints)
        {
            initial.Propose(context.Index, decisions);
            return new Proposal(context.Space.Decode(decisions));
        }

        if (!history.Update(context.State, context.Index)) return Proposal.Wait;
        if (history.Restarts) search = NewSearch();
        foreach (var number in history.Fresh) Tell(context.State.Trials[number], decisions);
        var pending = new List<double>();
        foreach (var number in history.Pending)
        {
            if (TryEncode(context.State.Trials[number].Configuration, decisions)) pending.AddRange(decisions);
        }

        search.Suggest(context.Random(), pending.ToArray(), decisions);
        return new Proposal(context.Space.Decode(decisions));
    }

    // The library's message names acquisition functions; here samplers are what can be chosen.
    private static void RequireFewObjectives(StudyDefinition definition, AcquisitionFunction acquisition)
    {
        var (most, others) = acquisition switch
        {
            AcquisitionFunction.Hypervolume => (3, "bayesian, parego, thompson or nsga3"),
            AcquisitionFunction.NoisyHypervolume => (5, "parego, thompson or nsga3"),
            _ => (int.MaxValue, ""),
        };
        if (definition.Objectives.Count > most)
            throw new ArgumentException($"The sampler '{definition.Sampler.Name}' is for up to {most} objectives, not {definition.Objectives.Count}; use {others}.");
    }

    private int Constraints => definition.MeasuredConstraints.Count + (definition.Preference?.Ranges.Count ?? 0);

    private BayesianSearch NewSearch() => new(
        definition.Space.Decisions, definition.Objectives.Count, Constraints, options, Normalize);

    private void Tell(TrialRecord trial, double[] decisions)
    {
        if (trial.Outcome is not { } outcome || !TryEncode(trial.Configuration, decisions)) return;
        // What was cut short says nothing of what fails; its place may be tried again.
        if (outcome.Kind == OutcomeKind.Pruned) return;
        if (!outcome.HasValues)
        {
            search.TellFailed(decisions);
            return;
        }

        var values = new double[definition.Objectives.Count];
        for (var k = 0; k < values.Length; k++) values[k] = definition.Objectives[k].Objective.ToMinimization(outcome.Values[k]);
        // A trial from before a constraint was added has no violation of it.
        var violations = new double[Constraints];
        outcome.Violations.AsSpan(0, Math.Min(definition.MeasuredConstraints.Count, outcome.Violations.Length)).CopyTo(violations);
        var next = definition.MeasuredConstraints.Count;
        foreach (var excess in definition.Preference?.Excesses(definition.Objectives, outcome.Values) ?? []) violations[next++] = excess;
        search.Tell(decisions, values, violations);
    }

    private bool TryEncode(Configuration configuration, double[] decisions)
    {
        if (!definition.Space.TryEncode(configuration, decisions, new RandomGenerator(definition.Seed))) return false;
        for (var i = 0; i < definition.Space.Knobs.Count; i++)
        {
            var knob = definition.Space.Knobs[i];
            if ((knob.When is not null || knob.Default is null) && !configuration.TryGet(knob.Name, out _)) SetToMiddle(decisions, i);
        }

        return true;
    }

    // What an inactive knob is set to makes no difference.
    private void Normalize(Span<double> decisions)
    {
        if (definition.Space.Knobs.All(k => k.When is null)) return;
        var configuration = definition.Space.Decode(decisions);
        for (var i = 0; i < definition.Space.Knobs.Count; i++)
        {
            if (!configuration.TryGet(definition.Space.Knobs[i].Name, out _)) SetToMiddle(decisions, i);
        }
    }

    private void SetToMiddle(Span<double> decisions, int knob)
    {
        var variables = definition.Space.VariablesOf(knob);
        middle.AsSpan(variables).CopyTo(decisions[variables]);
    }
}
