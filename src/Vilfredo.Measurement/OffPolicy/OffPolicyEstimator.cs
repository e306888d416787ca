using Vilfredo.Statistics;

namespace Vilfredo.Measurement.OffPolicy;

/// <summary>
/// An estimator of the value J(π) = E[Σ γ^t r_t] of a policy from data that another policy logged. The estimators of Kiyohara
/// et al., "Towards Assessing and Benchmarking Risk-Return Tradeoff of Off-Policy Evaluation" (ICLR 2024, arXiv 2311.18207)
/// are all of the form
/// <c>mean over i of [b V̂(s_0) + Σ_t γ^t W_t (r_t + b (γ V̂(s_{t+1}) − Q̂(s_t, a_t)))]</c> with V̂(s_T) = 0, where b is 1 for
/// the direct method and the doubly robust ones and 0 otherwise; they differ in the weights W_t.
/// </summary>
/// <remarks>
/// <para>Ratios are multiplied as logarithms. A self-normalized estimator divides each weight by its mean over the
/// trajectories at the same step; where all weights of a step are zero they stay zero. A step's terms in the doubly robust
/// form are those with w_{0:t−1} V̂(s_t), collected by weight instead of by step; the sums are equal, self-normalized or not,
/// because the first weight is 1.</para>
/// <para>Cost: O(n T).</para>
/// </remarks>
public sealed class OffPolicyEstimator
{
    private readonly int spectrumSteps;

    private OffPolicyEstimator(
        string name, ImportanceWeighting weighting, bool usesPredictions, bool isSelfNormalized, int spectrumSteps = 0)
    {
        (Name, Weighting, UsesPredictions) = (name, weighting, usesPredictions);
        (IsSelfNormalized, this.spectrumSteps) = (isSelfNormalized, spectrumSteps);
    }

    /// <summary>DM, the direct method: the predicted value of the first state.</summary>
    public static OffPolicyEstimator DirectMethod { get; } = new("DM", ImportanceWeighting.None, true, false);

    /// <summary>TIS (IS): trajectory-wise importance sampling.</summary>
    public static OffPolicyEstimator TrajectoryWise { get; } = new("TIS", ImportanceWeighting.Trajectory, false, false);

    /// <summary>SNTIS (WIS): the self-normalized, or weighted, form of <see cref="TrajectoryWise"/>.</summary>
    public static OffPolicyEstimator SelfNormalizedTrajectoryWise { get; } = new("SNTIS", ImportanceWeighting.Trajectory, false, true);

    /// <summary>PDIS: per-decision importance sampling.</summary>
    public static OffPolicyEstimator PerDecision { get; } = new("PDIS", ImportanceWeighting.PerDecision, false, false);

    /// <summary>SNPDIS: the self-normalized form of <see cref="PerDecision"/>.</summary>
    public static OffPolicyEstimator SelfNormalizedPerDecision { get; } = new("SNPDIS", ImportanceWeighting.PerDecision, false, true);

    /// <summary>DR: doubly robust.</summary>
    public static OffPolicyEstimator DoublyRobust { get; } = new("DR", ImportanceWeighting.PerDecision, true, false);

    /// <summary>SNDR: the self-normalized form of <see cref="DoublyRobust"/>.</summary>
    public static OffPolicyEstimator SelfNormalizedDoublyRobust { get; } = new("SNDR", ImportanceWeighting.PerDecision, true, true);

    /// <summary>MIS: state-action marginal importance sampling.</summary>
    public static OffPolicyEstimator Marginal { get; } = new("MIS", ImportanceWeighting.StateActionMarginal, false, false);

    /// <summary>SNMIS: the self-normalized form of <see cref="Marginal"/>.</summary>
    public static OffPolicyEstimator SelfNormalizedMarginal { get; } = new("SNMIS", ImportanceWeighting.StateActionMarginal, false, true);

    /// <summary>MDR: state-action marginal doubly robust (double reinforcement learning, when the predictions are cross-fitted).</summary>
    public static OffPolicyEstimator MarginalDoublyRobust { get; } = new("MDR", ImportanceWeighting.StateActionMarginal, true, false);

    /// <summary>SNMDR: the self-normalized form of <see cref="MarginalDoublyRobust"/>.</summary>
    public static OffPolicyEstimator SelfNormalizedMarginalDoublyRobust { get; } =
        new("SNMDR", ImportanceWeighting.StateActionMarginal, true, true);

    /// <summary>SMIS: state-marginal importance sampling.</summary>
    public static OffPolicyEstimator StateMarginal { get; } = new("SMIS", ImportanceWeighting.StateMarginal, false, false);

    /// <summary>SNSMIS: the self-normalized form of <see cref="StateMarginal"/>.</summary>
    public static OffPolicyEstimator SelfNormalizedStateMarginal { get; } = new("SNSMIS", ImportanceWeighting.StateMarginal, false, true);

    /// <summary>SMDR: state-marginal doubly robust.</summary>
    public static OffPolicyEstimator StateMarginalDoublyRobust { get; } = new("SMDR", ImportanceWeighting.StateMarginal, true, false);

    /// <summary>SNSMDR: the self-normalized form of <see cref="StateMarginalDoublyRobust"/>.</summary>
    public static OffPolicyEstimator SelfNormalizedStateMarginalDoublyRobust { get; } =
        new("SNSMDR", ImportanceWeighting.StateMarginal, true, true);

    /// <summary>
    /// The five estimators that the paper's plots compare, as DM, PDIS, DR, MIS and MDR; all but DM self-normalized.
    /// </summary>
    public static IReadOnlyList<OffPolicyEstimator> Compared { get; } =
    [
        DirectMethod, SelfNormalizedPerDecision, SelfNormalizedDoublyRobust, SelfNormalizedMarginal, SelfNormalizedMarginalDoublyRobust,
    ];

    /// <summary>A short name, such as <c>SNPDIS</c>.</summary>
    public string Name { get; }

    /// <summary>How steps are weighted.</summary>
    public ImportanceWeighting Weighting { get; }

    /// <summary>Whether predicted values are read (b = 1).</summary>
    public bool UsesPredictions { get; }

    /// <summary>Whether weights are divided by their mean at the same step.</summary>
    public bool IsSelfNormalized { get; }

    /// <summary>
    /// SOPE: per-decision ratios for the last <paramref name="steps"/> steps times the state-action marginal ratio of the step
    /// before them; 0 steps is <see cref="Marginal"/>, the horizon is <see cref="PerDecision"/>.
    /// </summary>
    /// <param name="steps">At least 0.</param>
    /// <param name="selfNormalized">Whether weights are divided by their mean at the same step.</param>
    /// <param name="doublyRobust">Whether predicted values are used.</param>
    public static OffPolicyEstimator Spectrum(int steps, bool selfNormalized = false, bool doublyRobust = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        var name = $"{(selfNormalized ? "SN" : "")}SOPE{(doublyRobust ? "-DR" : "")}({steps})";
        return new OffPolicyEstimator(name, ImportanceWeighting.Spectrum, doublyRobust, selfNormalized, steps);
    }

    /// <summary>The estimate of the policy's value.</summary>
    /// <param name="data">What was logged.</param>
    /// <param name="policy">The evaluation policy on the logged steps, with the arrays that this estimator reads.</param>
    /// <exception cref="ArgumentException">The policy lacks an array, or one has the wrong length or a value out of its range.</exception>
    /// <exception cref="InvalidOperationException">The weights overflow; use a self-normalized estimator.</exception>
    public double Estimate(LoggedTrajectories data, PolicyView policy) => Descriptive.Mean(PerTrajectory(data, policy));

    /// <summary>
    /// What each trajectory contributes; the estimate is their mean. The trajectories of a self-normalized estimator share
    /// their normalizers, so these are not independent: take intervals from <see cref="EstimateWithInterval"/>.
    /// </summary>
    /// <inheritdoc cref="Estimate"/>
    public double[] PerTrajectory(LoggedTrajectories data, PolicyView policy) => Contributions(data, policy, linearized: false);

    /// <summary>The estimate with a bootstrap interval over trajectories.</summary>
    /// <remarks>
    /// For self-normalized estimators the linearization of the ratios is resampled, v + Σ_t W_t (x_t − v_t) with v_t the
    /// step's share of the estimate v: same mean, and the right spread for many trajectories. Predictions and marginal ratios
    /// count as given; when they were fitted on the same data, their own error is not in the interval.
    /// </remarks>
    /// <param name="data">What was logged.</param>
    /// <param name="policy">The evaluation policy on the logged steps, with the arrays that this estimator reads.</param>
    /// <param name="random">Draws the resamples.</param>
    /// <param name="options">Level, method and number of resamples; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">The policy lacks an array, or one has the wrong length or a value out of its range.</exception>
    /// <exception cref="InvalidOperationException">The weights overflow; use a self-normalized estimator.</exception>
    public BootstrapInterval EstimateWithInterval(
        LoggedTrajectories data, PolicyView policy, RandomGenerator random, BootstrapOptions? options = null) =>
        Bootstrap.OneSample(Contributions(data, policy, linearized: true), Descriptive.Mean, random, options);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private double[] Contributions(LoggedTrajectories data, PolicyView policy, bool linearized)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(policy);
        var steps = new PolicySteps(data, policy);
        var result = UsesPredictions ? FirstValues(data, steps) : new double[data.Count];
        if (Weighting == ImportanceWeighting.None) return result;

        var logWeights = new StepWeights(data, steps).Logarithms(Weighting, spectrumSteps);
        var terms = UsesPredictions ? Residuals(data, steps) : data.Rewards.ToArray();
        var column = new double[data.Count];
        var discount = 1.0;
        for (var t = 0; t < data.Horizon; t++, discount *= data.Gamma)
        {
            for (var i = 0; i < column.Length; i++) column[i] = logWeights[i * data.Horizon + t];
            Exponentiate(column, t);
            var share = 0.0;
            for (var i = 0; i < column.Length; i++) share += column[i] * terms[i * data.Horizon + t] / column.Length;
            var center = IsSelfNormalized && linearized ? share : 0;
            for (var i = 0; i < column.Length; i++)
                result[i] += discount * (column[i] * (terms[i * data.Horizon + t] - center) + center);
        }

        return result;
    }

    private void Exponentiate(Span<double> logWeights, int step)
    {
        // The largest weight becomes 1 before normalizing, so that no product of ratios overflows.
        var largest = double.NegativeInfinity;
        foreach (var logWeight in logWeights) largest = Math.Max(largest, logWeight);
        var shift = IsSelfNormalized && double.IsFinite(largest) ? largest : 0;
        var mean = 0.0;
        foreach (ref var weight in logWeights)
        {
            weight = Math.Exp(weight - shift);
            mean += weight / logWeights.Length;
        }

        if (!double.IsFinite(mean))
        {
            throw new InvalidOperationException(
                $"The importance weights of {Name} overflow at step {step}: the policies differ too much over this horizon. "
                + "Use a self-normalized or marginal estimator, or a shorter horizon.");
        }

        if (!IsSelfNormalized || mean == 0) return;
        foreach (ref var weight in logWeights) weight /= mean;
    }

    private static double[] FirstValues(LoggedTrajectories data, PolicySteps steps)
    {
        var result = new double[data.Count];
        for (var i = 0; i < result.Length; i++) result[i] = steps.StateValues[i * data.Horizon];
        return result;
    }

    private static double[] Residuals(LoggedTrajectories data, PolicySteps steps)
    {
        var result = new double[data.Rewards.Length];
        for (var i = 0; i < data.Count; i++)
        {
            for (var t = 0; t < data.Lengths[i]; t++)
            {
                var entry = i * data.Horizon + t;
                var next = t + 1 < data.Lengths[i] ? steps.StateValues[entry + 1] : 0;
                result[entry] = data.Rewards[entry] + data.Gamma * next - steps.ActionValues[entry];
            }
        }

        return result;
    }
}
