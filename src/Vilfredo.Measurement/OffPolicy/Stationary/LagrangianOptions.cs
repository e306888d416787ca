namespace Vilfredo.Measurement.OffPolicy.Stationary;

/// <summary>
/// The constants that make one Lagrangian into the estimators of stationary ratios of the literature (Yang, Nachum, Dai, Li and Schuurmans, "Off-Policy Evaluation via the Regularized Lagrangian", 2020):
/// max over w of min over Q and λ of
/// <c>(1 − γ) E[Q(s_0, a_0)] + λ + E_D[w (α_r r + γ Q(s', a') − Q(s, a) − λ)] + α_Q E_D[Q²] − α_w E_D[(w − 1)²]</c>, with a_0 and a' of the evaluation policy.
/// </summary>
public sealed record LagrangianOptions
{
    /// <summary>BestDICE: α_w = 1, α_r = 1 and a normalization. The combination that Yang et al. found best, and the default.</summary>
    public static LagrangianOptions BestDice { get; } = new();

    /// <summary>DualDICE (Nachum, Chow, Dai and Li, 2019): α_Q = 1 and no normalization.</summary>
    public static LagrangianOptions DualDice { get; } = new() { ValuePenalty = 1, WeightPenalty = 0, RewardShare = 0, IsNormalized = false };

    /// <summary>GenDICE (Zhang, Dai, Li and Schuurmans, 2020): α_Q = 1 and a normalization.</summary>
    public static LagrangianOptions GenDice { get; } = new() { ValuePenalty = 1, WeightPenalty = 0, RewardShare = 0 };

    /// <summary>AlgaeDICE (Nachum, Dai, Kostrikov, Chow, Li and Schuurmans, 2019): α_w = 1, α_r = 1 and no normalization.</summary>
    public static LagrangianOptions AlgaeDice { get; } = new() { IsNormalized = false };

    /// <summary>Minimax Q learning (Uehara, Huang and Jiang, 2020): α_r = 1 and no normalization. Its values are what counts.</summary>
    public static LagrangianOptions MinimaxQ { get; } = new() { WeightPenalty = 0, IsNormalized = false };

    /// <summary>Minimax weight learning (Uehara, Huang and Jiang, 2020): no penalty, no rewards, no normalization.</summary>
    public static LagrangianOptions MinimaxWeight { get; } = new() { WeightPenalty = 0, RewardShare = 0, IsNormalized = false };

    /// <summary>α_Q, at least 0: keeps values small.</summary>
    public double ValuePenalty { get; init; }

    /// <summary>α_w, at least 0: keeps weights near 1.</summary>
    public double WeightPenalty { get; init; } = 1;

    /// <summary>α_r, at least 0: whether rewards are part of the game, so that Q comes to predict returns.</summary>
    public double RewardShare { get; init; } = 1;

    /// <summary>Whether λ sees to it that the stationary distribution, what follows the ends included, has mass 1; else λ is 0.</summary>
    public bool IsNormalized { get; init; } = true;

    /// <summary>
    /// Whether D counts a logged step t by γ^t. Then weights are ratios to the discounted distribution of the data, and Σ_t γ^t w_t r_t, the sum of <see cref="OffPolicyEstimator.Marginal"/>, is
    /// consistent for a horizon that is long; the published code counts all steps the same.
    /// </summary>
    public bool DiscountsData { get; init; }

    /// <summary>Whether nothing is earned after the horizon; else a full trajectory is only cut off there, and what follows its last step is unknown.</summary>
    public bool EndsAtHorizon { get; init; }

    internal void Check()
    {
        AtLeastZero(ValuePenalty, nameof(ValuePenalty));
        AtLeastZero(WeightPenalty, nameof(WeightPenalty));
        AtLeastZero(RewardShare, nameof(RewardShare));
    }

    private static void AtLeastZero(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value))) throw new ArgumentOutOfRangeException(name, value, "The constant is finite and at least 0.");
    }
}
