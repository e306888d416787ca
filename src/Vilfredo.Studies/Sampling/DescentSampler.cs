using Vilfredo.Optimization.Gradients.Descents;

namespace Vilfredo.Studies;

/// <summary>
/// Descents along gradients for studies; see <see cref="MultiStartDescent"/>. Gradients are those that trials report, or else differences, each of which is a trial. Points
/// of a round run at once; the next round waits for all of them.
/// </summary>
/// <remarks>
/// Trials that were not proposed for the round, such as imported ones or those of another sampler, are left out. When a result that was used changes, everything is followed anew from
/// the first trial; trials that then do not fit any more are left out as well.
/// </remarks>
internal sealed class DescentSampler : ITrialSampler
{
    private const string StartsOption = "starts", DifferenceOption = "difference", StepOption = "step", ShortestOption = "shortest", NormalizeOption = "normalize", RadiusOption = "radius";

    /// <summary>The options, of which <c>normalize</c> is 0 or 1; see <see cref="DescentOptions"/>.</summary>
    public static readonly string[] OptionNames = [StartsOption, DifferenceOption, StepOption, ShortestOption, NormalizeOption];

    /// <summary>The options of CAGrad.</summary>
    public static readonly string[] ConflictAverseOptionNames = [.. OptionNames, RadiusOption];

    private readonly StudyDefinition definition;
    private readonly DescentMethod method;
    private readonly DescentOptions options;
    private readonly List<TrialOutcome?> seen = []; // of the trials that the rounds before this one have passed
    private MultiStartDescent descent;

    /// <exception cref="ArgumentException">A knob is not real or not always active, there are too many objectives, or an option is out of range.</exception>
    private DescentSampler(StudyDefinition definition, DescentMethod method)
    {
        (this.definition, this.method) = (definition, method);
        var sampler = definition.Sampler;
        if (definition.Space.Knobs.FirstOrDefault(knob => knob is not FloatKnob { Step: null } || knob.When is not null) is { } knob)
        {
            throw new ArgumentException(
                $"The sampler '{sampler.Name}' follows gradients, so it is for real knobs without 'step' that are always active; '{knob.Name}' is none. Choose another, such as nsga2 or bayesian.");
        }

        var defaults = new DescentOptions();
        var step = SamplerOptions.Number(sampler, StepOption, defaults.FirstStep, 1e-9, 1);
        options = defaults with
        {
            Starts = SamplerOptions.Count(sampler, StartsOption, defaults.Starts),
            Difference = SamplerOptions.Number(sampler, DifferenceOption, defaults.Difference, 1e-9, 0.1),
            FirstStep = step,
            ShortestStep = SamplerOptions.Number(sampler, ShortestOption, Math.Min(step, defaults.ShortestStep), 1e-12, step),
            Normalize = SamplerOptions.Switch(sampler, NormalizeOption, defaults.Normalize),
            Radius = SamplerOptions.Number(sampler, RadiusOption, defaults.Radius, 0, 0.999),
        };
        descent = Begin();
    }

    /// <summary>A factory for the samplers of a method.</summary>
    public static Func<StudyDefinition, ITrialSampler> With(DescentMethod method) => definition => new DescentSampler(definition, method);

    /// <inheritdoc/>
    public Proposal Propose(SamplingContext context)
    {
        var trials = context.State.Trials;
        for (var i = 0; i < seen.Count; i++)
        {
            if (ReferenceEquals(seen[i], trials[i].Outcome)) continue;
            seen.Clear();
            descent = Begin();
            break;
        }

        while (true)
        {
            var round = Round(trials);
            if (round.Count < descent.Points.Count) return new Proposal(context.Space.Decode(descent.Points[round.Count]));
            if (round.Exists(trial => !trial.IsFinished)) return Proposal.Wait;
            descent.Advance(round.ConvertAll(Result));
            for (var i = seen.Count; i <= round[^1].Number; i++) seen.Add(trials[i].Outcome);
        }
    }

    private MultiStartDescent Begin() => new(definition.Space.Decisions, definition.Objectives.Count, method, definition.Seed, options);

    // The trials of the round's points, as far as they have been given out.
    private List<TrialRecord> Round(IReadOnlyList<TrialRecord> trials)
    {
        var round = new List<TrialRecord>();
        for (var i = seen.Count; i < trials.Count && round.Count < descent.Points.Count; i++)
        {
            if (trials[i].RepeatOf is null && trials[i].Configuration.Equals(definition.Space.Decode(descent.Points[round.Count]))) round.Add(trials[i]);
        }

        return round;
    }

    private DescentResult? Result(TrialRecord trial)
    {
        if (trial.Outcome is not { HasValues: true } outcome) return null;
        var values = new double[outcome.Values.Length];
        for (var j = 0; j < values.Length; j++) values[j] = definition.Objectives[j].Objective.ToMinimization(outcome.Values[j]);
        return new(values, Gradients(trial, outcome), outcome.Kind == OutcomeKind.Completed);
    }

    // By the variables of the decision space, which are logarithms for knobs on a logarithmic scale.
    private double[]? Gradients(TrialRecord trial, TrialOutcome outcome)
    {
        var knobs = definition.Space.Knobs;
        if (outcome.Gradients.Length == 0 || trial.Configuration.Count != knobs.Count) return null;
        var gradients = new double[outcome.Gradients.Length * knobs.Count];
        for (var j = 0; j < outcome.Gradients.Length; j++)
        {
            var sign = definition.Objectives[j].Objective.ToMinimization(1);
            for (var i = 0; i < knobs.Count; i++)
            {
                var (name, value) = trial.Configuration[i];
                var knob = knobs.Index().First(k => k.Item.Name == name);
                gradients[j * knobs.Count + knob.Index] = sign * outcome.Gradients[j][i] * (((FloatKnob)knob.Item).Log ? value.Number : 1);
            }
        }

        return gradients;
    }
}
