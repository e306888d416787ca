using Vilfredo.Measurement.CodeEfficiency.Running.Metering;
using Vilfredo.Measurement.CodeEfficiency.Running.Problems;
using Vilfredo.Reproductions.Papers;

namespace Vilfredo.Reproductions.Tests.Papers;

public class EvalPerfTests
{
    private static RunnableProblem Problem => LadderProblemFile.Library.Single(problem => problem.Id == "next-larger");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_quadratic_program_falls_behind_on_the_heavy_input()
    {
        var gaps = MeasuredPrograms.Gaps(Problem, 0.2, Cancellation);
        Assert.True(gaps[MeasuredPrograms.SmallGap] > 0);
        Assert.True(gaps[MeasuredPrograms.HeavyGap] > 3, $"{gaps[MeasuredPrograms.HeavyGap]}");
    }

    [Fact]
    public void Instructions_of_millions_hardly_vary()
    {
        Assert.SkipUnless(InstructionMeter.IsAvailable, "valgrind is not on this machine");
        var variations = MeasuredPrograms.Variations(Problem, MeasuredPrograms.VariationLimit, 2, Cancellation);
        Assert.True(variations[MeasuredPrograms.InstructionVariation] < 5, $"{variations[MeasuredPrograms.InstructionVariation]}");
        Assert.True(variations[MeasuredPrograms.WallVariation] >= 0);
    }

    [Fact]
    public void Each_seed_has_a_problem() =>
        Assert.Distinct(Enumerable.Range(1, new EvalPerfStudy().Seeds(Scale.Full)).Select(seed => MeasuredPrograms.OfSeed(seed).Id));

    [Fact]
    public void At_a_smaller_scale_no_program_is_run_and_the_claims_say_so()
    {
        var results = ReproductionRunner.Run(new EvalPerfStudy(), Scale.Smoke, cancellation: Cancellation);
        var verdict = new EvalPerfStudy().Claims.Single(claim => claim.Text.Id == "scale").Judge(results);
        Assert.Equal(Verdict.NotMeasurable, verdict.Verdict);
        Assert.Contains("full scale only", verdict.Reason, StringComparison.Ordinal);
    }
}
