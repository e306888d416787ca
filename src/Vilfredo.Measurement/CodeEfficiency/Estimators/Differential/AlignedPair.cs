namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Differential;

/// <summary>Two models on the tasks that both entered.</summary>
/// <param name="Tasks">The names of these tasks.</param>
/// <param name="First">The first model's score on each.</param>
/// <param name="Second">The second model's.</param>
public sealed record AlignedPair(IReadOnlyList<string> Tasks, IReadOnlyList<double> First, IReadOnlyList<double> Second)
{
    /// <summary>Mean score of the first minus that of the second; NaN without a common task.</summary>
    public double Difference => Tasks.Count == 0 ? double.NaN : First.Average() - Second.Average();
}
