namespace Vilfredo.Statistics;

/// <summary>The outcome of a <see cref="KruskalWallis"/> test.</summary>
/// <param name="H">The statistic with tie correction.</param>
/// <param name="DegreesOfFreedom">The number of groups minus one.</param>
/// <param name="PValue">By the chi-squared distribution.</param>
public sealed record KruskalWallisResult(double H, int DegreesOfFreedom, double PValue);
