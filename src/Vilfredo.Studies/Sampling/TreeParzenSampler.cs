using Vilfredo.Optimization.ParzenEstimators;
using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Studies;

/// <summary>The multi-objective tree-structured Parzen estimator for studies; see <see cref="TreeParzen"/>.</summary>
/// <remarks>
/// A conditional knob's density is made of the trials in which it was active. Failed, timed-out and running trials count
/// as not good. In a deterministic study proposals come in blocks of the option <c>batch</c>, each from the results of all
/// earlier blocks.
/// </remarks>
internal sealed class TreeParzenSampler : ITrialSampler
{
    /// <summary>The options, of which <c>multivariate</c> is 0 or 1; see <see cref="TreeParzenOptions"/>.</summary>
    public static readonly string[] OptionNames = ["initial", "candidates", "batch", "multivariate"];

    private const int DuplicateTries = 20;

    private readonly StudyDefinition definition;
    private readonly TreeParzenOptions options;
    private readonly QuasiRandomSampler initial;
    private readonly ModelHistory history;
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private TreeParzen estimator;
    private int seen;

    /// <summary>Creates the sampler of a definition.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public TreeParzenSampler(StudyDefinition definition)
    {
        this.definition = definition;
        var defaults = new TreeParzenOptions();
        options = defaults with
        {
            InitialPoints = SamplerOptions.Count(definition.Sampler, "initial", defaults.InitialPoints),
            Candidates = SamplerOptions.Count(definition.Sampler, "candidates", defaults.Candidates),
            Multivariate = SamplerOptions.Switch(definition.Sampler, "multivariate", defaults.Multivariate),
        };
        history = new(definition, options.InitialPoints, SamplerOptions.Count(definition.Sampler, "batch", 4));
        initial = QuasiRandomSampler.Sobol(definition.Space.Decisions, definition.Seed);
        estimator = NewEstimator();
    }

    /// <inheritdoc/>
    public Proposal Propose(SamplingContext context)
    {
        var decisions = new double[context.Space.Decisions.Count];
        if (context.Index < options.InitialPoints)
        {
            initial.Propose(context.Index, decisions);
            return new Proposal(context.Space.Decode(decisions));
        }

        if (!history.Update(context.State, context.Index)) return Proposal.Wait;
        if (history.Restarts) estimator = NewEstimator();
        foreach (var number in history.Fresh) Tell(context.State.Trials[number], decisions);
        var pending = new List<double>();
        foreach (var number in history.Pending)
        {
            if (TryEncode(context.State.Trials[number].Configuration, decisions)) pending.AddRange(decisions);
        }

        var random = context.Random();
        var rows = pending.ToArray();
        for (; seen < context.State.Trials.Count; seen++) known.Add(context.State.Trials[seen].Configuration.Key);
        for (var i = 0; ; i++)
        {
            estimator.Suggest(random, rows, decisions);
            var configuration = context.Space.Decode(decisions);
            // In a space of few values the best ones come again and again.
            if (i == DuplicateTries || context.Space.Decisions.IsContinuous || !known.Contains(configuration.Key)) return new Proposal(configuration);
        }
    }

    private TreeParzen NewEstimator() => new(definition.Space.Decisions, definition.Objectives.Count, options);

    private void Tell(TrialRecord trial, double[] decisions)
    {
        if (trial.Outcome is not { } outcome || !TryEncode(trial.Configuration, decisions)) return;
        if (outcome.Kind == OutcomeKind.Pruned) return;
        if (!outcome.HasValues)
        {
            estimator.TellFailed(decisions);
            return;
        }

        var values = new double[definition.Objectives.Count];
        for (var k = 0; k < values.Length; k++) values[k] = definition.Objectives[k].Objective.ToMinimization(outcome.Values[k]);
        var violation = definition.Preference?.Violation(definition.Objectives, outcome) ?? outcome.TotalViolation;
        estimator.Tell(decisions, values, definition.MeasuredConstraints.Count > 0 || definition.Preference is not null ? violation : 0);
    }

    // A knob that the configuration lacks is inactive there, unless it was added since and its default says what it counted as.
    private bool TryEncode(Configuration configuration, double[] decisions)
    {
        if (!definition.Space.TryEncode(configuration, decisions, new RandomGenerator(definition.Seed))) return false;
        for (var i = 0; i < definition.Space.Knobs.Count; i++)
        {
            var knob = definition.Space.Knobs[i];
            if ((knob.When is not null || knob.Default is null) && !configuration.TryGet(knob.Name, out _)) decisions.AsSpan(definition.Space.VariablesOf(i)).Fill(double.NaN);
        }

        return true;
    }
}
