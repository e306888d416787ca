using Vilfredo.Measurement.CodeEfficiency.Running.Metering;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Problems;

/// <summary>What a sample did on a problem's tests, judged and measured.</summary>
/// <param name="Run">Its calls, with verdicts.</param>
/// <param name="Costs">The cost of each test.</param>
public sealed record SampleEvaluation(SampleRun Run, IReadOnlyList<Observation> Costs)
{
    /// <summary>Whether all tests are right.</summary>
    public bool IsCorrect => Run.Verdict == SampleVerdict.Correct;

    /// <summary>
    /// The sum of the tests' costs of a correct sample; of one that was right until it was stopped at a limit of time, what its sum is at
    /// least. <see langword="null"/> for others.
    /// </summary>
    public CensoredValue? TotalCost
    {
        get
        {
            if (Run.Verdict is not (SampleVerdict.Correct or SampleVerdict.TimeLimit) || Costs.All(cost => cost.Cost is null)) return null;
            var total = Costs.Sum(cost => cost.Cost?.Value ?? 0);
            if (Run.Verdict == SampleVerdict.TimeLimit) return CensoredValue.AtLeast(total);
            return Costs.Any(cost => cost.Cost is null) ? null : CensoredValue.Exactly(total);
        }
    }

    /// <summary>The total cost over that of a reference: below 1 for a cheaper sample. <see langword="null"/> where either is not known.</summary>
    /// <param name="reference">The reference's evaluation on the same problem, measured in the same session.</param>
    public CensoredValue? RelativeCost(SampleEvaluation? reference)
    {
        if (TotalCost is not { } cost || reference?.TotalCost is not { IsCensored: false, Value: > 0 } baseline) return null;
        return cost.IsCensored ? CensoredValue.AtLeast(cost.Value / baseline.Value) : CensoredValue.Exactly(cost.Value / baseline.Value);
    }
}
