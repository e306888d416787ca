namespace Vilfredo.Measurement.OffPolicy;

/// <summary>
/// What an evaluation policy says about logged steps: its probabilities of the logged actions and, for the estimators that
/// use them, predicted values and marginal ratios. Arrays have one entry per step, as in <see cref="LoggedTrajectories"/>;
/// entries in the padding are not read.
/// </summary>
public sealed record PolicyView
{
    /// <summary>π(a_t | s_t) of the logged actions, in [0, 1], or densities of continuous ones (<see cref="Continuous.ActionKernels"/>); importance-weighted estimators read it.</summary>
    public IReadOnlyList<double>? ActionProbabilities { get; init; }

    /// <summary>Predicted V̂(s_t) = Σ_a π(a | s_t) Q̂(s_t, a): for the direct method and the doubly robust estimators.</summary>
    public IReadOnlyList<double>? StateValues { get; init; }

    /// <summary>Predicted Q̂(s_t, a_t) of the logged actions: for the doubly robust estimators.</summary>
    public IReadOnlyList<double>? ActionValues { get; init; }

    /// <summary>ρ(s_t, a_t), the ratio of the policies' state-action distributions, at least 0: for the marginal estimators.</summary>
    public IReadOnlyList<double>? StateActionRatios { get; init; }

    /// <summary>ρ(s_t), the ratio of the policies' state distributions, at least 0: for the state-marginal estimators.</summary>
    public IReadOnlyList<double>? StateRatios { get; init; }
}
