namespace Vilfredo.Measurement.Portfolios;

/// <summary>The shortlist of the k candidates with the highest estimates, rated by their true values.</summary>
/// <param name="K">The size of the shortlist.</param>
/// <param name="Best">The highest true value in it: the return.</param>
/// <param name="Worst">The lowest true value in it.</param>
/// <param name="Mean">The mean true value.</param>
/// <param name="StandardDeviation">The spread of the true values, as the convention has it: the risk. NaN for k − 1 = 0.</param>
/// <param name="KthValue">The true value of the candidate that was picked last.</param>
/// <param name="SharpeRatio">Gain of the best over the baseline per unit of spread; +∞ without spread, NaN for 0 / 0.</param>
/// <param name="ViolationRate">The share of candidates in it whose true value is below the safety threshold.</param>
public sealed record TopKPoint(
    int K, double Best, double Worst, double Mean, double StandardDeviation, double KthValue, double SharpeRatio, double ViolationRate);
