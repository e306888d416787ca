using Vilfredo.Measurement.CodeEfficiency.Estimators.Curation;

namespace Vilfredo.Measurement.Tests.CodeEfficiency;

public class CurationTests
{
    private static double[][] Pool(params double[] costs) => [.. costs.Select(cost => new[] { cost, cost * 1.01 })];

    private static readonly double[] FourSpeeds = [1e6, 1e6, 1e6, 4e6, 4e6, 4e6, 2e7, 2e7, 1e8, 1e8];

    [Fact]
    public void A_task_is_kept_when_its_solutions_differ_clearly() => Assert.Equal(TaskFitness.Kept, TaskFilter.Examine(Pool(FourSpeeds)));

    [Fact]
    public void A_task_is_dropped_for_the_first_reason_that_applies()
    {
        Assert.Equal(TaskFitness.TooFewSolutions, TaskFilter.Examine(Pool(FourSpeeds[1..])));
        Assert.Equal(TaskFitness.TooFewSolutions, TaskFilter.Examine([.. Pool(FourSpeeds), []]));
        Assert.Equal(TaskFitness.TooFewSolutions, TaskFilter.Examine([], new TaskFilterOptions { MinSolutions = 0 }));
        Assert.Equal(TaskFitness.TooCheap, TaskFilter.Examine(Pool([9000, .. FourSpeeds])));
        Assert.Equal(TaskFitness.TooNoisy, TaskFilter.Examine([.. Pool(FourSpeeds), [1e6, 2e6]]));
        Assert.Equal(TaskFitness.TooFewClusters, TaskFilter.Examine(Pool([.. Enumerable.Repeat(1e6, 5), .. Enumerable.Repeat(2e6, 5)])));
        Assert.Throws<ArgumentException>(() => TaskFilter.Examine([[0]]));
    }

    [Fact]
    public void The_heaviest_input_on_which_all_finish_is_taken()
    {
        CensoredValue? fine = CensoredValue.Exactly(1), cut = CensoredValue.AtLeast(20);
        Assert.Equal(0, TaskFilter.HeaviestInput([5, 9, 1], [[fine, fine], [fine, cut], [fine, fine]]));
        Assert.Equal(2, TaskFilter.HeaviestInput([5, 9, 1], [[null, fine], [fine, cut], [fine, fine]]));
        Assert.Null(TaskFilter.HeaviestInput([5], [[cut]]));
        Assert.Throws<ArgumentException>(() => TaskFilter.HeaviestInput([5], []));
    }

    [Fact]
    public async Task The_scale_doubles_until_it_is_out_of_bounds()
    {
        var cancellation = TestContext.Current.CancellationToken;
        Task<GrownInput?> Search(params Func<long, GrowthStep>[] generators) => InputGrowth.SearchAsync(
            generators.Length, (generator, scale, _) => Task.FromResult(generators[generator](scale)), 10, cancellation);

        GrowthStep UpTo(long scale, long limit, GrowthStep then) => scale <= limit ? GrowthStep.Ran : then;
        Assert.Equal(new GrownInput(0, 64, true), await Search(s => UpTo(s, 100, GrowthStep.OutOfBounds), _ => throw new InvalidOperationException()));
        Assert.Equal(new GrownInput(0, 1024, true), await Search(s => GrowthStep.Ran));
        Assert.Equal(new GrownInput(1, 8, true), await Search(s => UpTo(s, 100, GrowthStep.Failed), s => UpTo(s, 8, GrowthStep.OutOfBounds)));
        Assert.Equal(new GrownInput(0, 64, false), await Search(s => UpTo(s, 100, GrowthStep.Failed), _ => GrowthStep.Failed));
        Assert.Equal(new GrownInput(0, 64, false), await Search(s => UpTo(s, 100, GrowthStep.Failed), _ => GrowthStep.OutOfBounds));
        Assert.Null(await Search(_ => GrowthStep.Failed));
        Assert.Null(await Search());
    }
}
