namespace Vilfredo.Measurement.OffPolicy;

/// <summary>How a logged step is weighted to look as if the evaluation policy had produced it.</summary>
public enum ImportanceWeighting
{
    /// <summary>Not at all: only predicted values count.</summary>
    None,

    /// <summary>By the ratio of the whole trajectory, w_{0:T−1}.</summary>
    Trajectory,

    /// <summary>By the ratio up to the step, w_{0:t}.</summary>
    PerDecision,

    /// <summary>By the ratio of the state-action distributions, ρ(s_t, a_t).</summary>
    StateActionMarginal,

    /// <summary>By the ratio of the state distributions times the step's own, ρ(s_t) · π(a_t | s_t) / π_b(a_t | s_t).</summary>
    StateMarginal,

    /// <summary>By the ratios of the last steps times the state-action marginal ratio before them.</summary>
    Spectrum,
}
