namespace Vilfredo.Statistics;

/// <summary>One step of a Kaplan-Meier curve: what happens at a time at which at least one value was completed.</summary>
/// <param name="Time">The value, such as the running time at which a run finished.</param>
/// <param name="AtRisk">How many values are at least this large, censored or not.</param>
/// <param name="Events">How many values are exactly this large.</param>
/// <param name="Survival">The estimated probability of a value above <paramref name="Time"/>.</param>
/// <param name="Variance">Greenwood's variance of <paramref name="Survival"/>; 0 once the curve has reached 0.</param>
public sealed record SurvivalStep(double Time, int AtRisk, int Events, double Survival, double Variance);
