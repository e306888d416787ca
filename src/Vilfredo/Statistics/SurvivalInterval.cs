namespace Vilfredo.Statistics;

/// <summary>The confidence limits of a Kaplan-Meier curve from a time on, up to the next step.</summary>
/// <param name="Time">The time of the step.</param>
/// <param name="Survival">The estimate.</param>
/// <param name="Lower">The lower limit.</param>
/// <param name="Upper">The upper limit.</param>
public sealed record SurvivalInterval(double Time, double Survival, double Lower, double Upper);
