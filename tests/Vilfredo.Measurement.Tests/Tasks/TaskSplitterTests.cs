using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Measurement.Tests.Tasks;

public class TaskSplitterTests
{
    [Fact]
    public void Shares_are_met_on_many_problems()
    {
        var splitter = new TaskSplitter("k", 0.2, 0.3);
        var counts = Enumerable.Range(0, 20_000).CountBy(i => splitter.SplitOf("f", $"{i}")).ToDictionary();
        Assert.InRange(counts[TaskSplit.Validation], 3700, 4300); // 4000, standard deviation 57
        Assert.InRange(counts[TaskSplit.Test], 5700, 6300);
    }

    [Fact]
    public void A_problem_keeps_its_split_and_another_key_moves_some()
    {
        var (first, second) = (new TaskSplitter("a", 0.5, 0), new TaskSplitter("b", 0.5, 0));
        var problems = Enumerable.Range(0, 1000).Select(i => $"{i}").ToList();
        Assert.All(problems, p => Assert.Equal(first.SplitOf("f", p), new TaskSplitter("a", 0.5, 0).SplitOf("f", p)));
        Assert.InRange(problems.Count(p => first.SplitOf("f", p) != second.SplitOf("f", p)), 400, 600);
    }

    [Theory]
    [InlineData(-0.1, 0)]
    [InlineData(0, 1.1)]
    [InlineData(0.6, 0.6)]
    [InlineData(double.NaN, 0)]
    public void Impossible_shares_are_refused(double validation, double test) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TaskSplitter("k", validation, test));

    [Fact]
    public void An_empty_split_is_an_error_and_not_an_endless_loop() => Assert.Throws<InvalidOperationException>(
        () => TaskFamilies.All[0].Generate(1, new RandomGenerator(1), split: TaskSplit.Test, splitter: new TaskSplitter("k", 0, 0)));

    [Fact]
    public void A_negative_number_of_passes_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Teacher(ExtraPasses: -1));
}
