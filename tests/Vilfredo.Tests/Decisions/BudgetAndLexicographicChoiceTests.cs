using Vilfredo.Decisions;

namespace Vilfredo.Tests.Decisions;

public class BudgetAndLexicographicChoiceTests
{
    // Cost and error.
    private static readonly double[] Front = [1, 0.9, 2, 0.5, 4, 0.3, 9, 0.1];
    private const double Free = double.PositiveInfinity;

    [Fact]
    public void A_budget_buys_the_best_point_within_it_and_names_the_price_of_the_next_better_one()
    {
        var decision = BudgetChoice.Choose(Front, 2, [3, Free], best: 1);
        Assert.Equal(1, decision.Index);
        Assert.Equal(0.5, decision.Value);
        Assert.Equal(2, decision.Next!.Index);
        Assert.Equal(0.3, decision.Next.Value);
        Assert.Equal([1, 0], decision.Next.Excess);
    }

    [Fact]
    public void A_limit_includes_its_value_and_no_limit_takes_the_best_of_all()
    {
        Assert.Equal(2, BudgetChoice.Choose(Front, 2, [4, Free], best: 1).Index);
        var free = BudgetChoice.Choose(Front, 2, [Free, Free], best: 1);
        Assert.Equal(3, free.Index);
        Assert.Null(free.Next);
    }

    [Fact]
    public void Nothing_within_the_budget_names_the_nearest_point()
    {
        var decision = BudgetChoice.Choose(Front, 2, [0.5, Free], best: 1);
        Assert.Null(decision.Index);
        Assert.Equal(double.PositiveInfinity, decision.Value);
        Assert.Equal(0, decision.Next!.Index);
        Assert.Equal([0.5, 0], decision.Next.Excess);
    }

    [Fact]
    public void Several_limits_hold_together()
    {
        // Cost, error, time: the second is cheap but slow, the third fast but dear.
        double[] points = [1, 9, 1, 2, 5, 30, 8, 5, 2, 3, 7, 3];
        var decision = BudgetChoice.Choose(points, 3, [4, Free, 5], best: 1);
        Assert.Equal(3, decision.Index);
        Assert.Equal(2, decision.Next!.Index);
        Assert.Equal([4, 0, 0], decision.Next.Excess);
    }

    [Fact]
    public void The_choice_agrees_with_brute_force_and_the_next_is_better_and_dearer()
    {
        var random = new RandomGenerator(61);
        for (var i = 0; i < 300; i++)
        {
            var points = Enumerable.Range(0, 3 * (1 + random.NextInt32(12))).Select(_ => (double)random.NextInt32(8)).ToArray();
            double[] limits = [random.NextInt32(8), random.NextInt32(8), Free];
            var decision = BudgetChoice.Choose(points, 3, limits, best: 2);
            var within = points.Chunk(3).Where(p => p.Zip(limits).All(x => x.First <= x.Second)).ToArray();
            Assert.Equal(within.Length > 0, decision.Index.HasValue);
            if (within.Length > 0) Assert.Equal(within.Min(p => p[2]), decision.Value);
            var better = points.Chunk(3).Where(p => p[2] < decision.Value).ToArray();
            Assert.Equal(better.Length > 0, decision.Next is not null);
            if (decision.Next is not { } next) continue;
            Assert.True(next.Value < decision.Value);
            Assert.Contains(next.Excess, e => e > 0);
            Assert.All(Enumerable.Range(0, 3), j => Assert.Equal(Math.Max(0, points[next.Index * 3 + j] - limits[j]), next.Excess[j]));
        }
    }

    [Fact]
    public void Of_equal_values_the_dominating_point_is_bought()
    {
        Assert.Equal(1, BudgetChoice.Choose([3, 1, 2, 1], 2, [5, Free], best: 1).Index);
        Assert.Equal(0, BudgetChoice.Choose([2, 1, 2, 1], 2, [5, Free], best: 1).Index);
    }

    [Fact]
    public void Bad_budgets_are_refused()
    {
        Assert.Throws<ArgumentException>(() => BudgetChoice.Choose([], 2, [1, 1], 0));
        Assert.Throws<ArgumentException>(() => BudgetChoice.Choose(Front, 2, [1], 0));
        Assert.Throws<ArgumentException>(() => BudgetChoice.Choose(Front, 2, [1, double.NaN], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BudgetChoice.Choose(Front, 2, [1, 1], 2));
    }

    [Fact]
    public void Lexicographic_order_takes_the_best_of_the_first_and_tolerance_lets_the_second_speak()
    {
        Assert.Equal(3, LexicographicChoice.Choose(Front, 2, [new(1), new(0)]).Index);
        var decision = LexicographicChoice.Choose(Front, 2, [new(1, 0.25), new(0)]);
        Assert.Equal(2, decision.Index);
        Assert.Equal([new(1, 0.1, 0.35, 2), new(0, 4, 4, 1)], decision.Stages);
        Assert.Equal(3, decision.RunnerUp!.Index);
        Assert.Equal(0.1, decision.RunnerUp.Score);
        Assert.Equal([5, -0.2], decision.RunnerUp.Change.Select(x => Math.Round(x, 12)));
    }

    [Fact]
    public void What_stays_to_the_end_is_decided_by_the_last_priority_first()
    {
        // All stay within the tolerances; the last priority decides.
        Assert.Equal(0, LexicographicChoice.Choose(Front, 2, [new(1, 1), new(0, 100)]).Index);
        Assert.Equal(3, LexicographicChoice.Choose(Front, 2, [new(1, 100)]).Index);
    }

    [Fact]
    public void Degenerate_lexicographic_choices_are_defined()
    {
        var one = LexicographicChoice.Choose([3, 4], 2, [new(0)]);
        Assert.Equal(0, one.Index);
        Assert.Null(one.RunnerUp);
        Assert.Null(LexicographicChoice.Choose([3, 4, 3, 4], 2, [new(1)]).RunnerUp);
        Assert.Equal(1, LexicographicChoice.Choose([1, 9, 1, 2], 2, [new(0)]).Index);
        Assert.Equal(1, LexicographicChoice.Choose([Free, 9, Free, 2], 2, [new(0), new(1)]).Index);
    }

    [Fact]
    public void Bad_priorities_are_refused()
    {
        Assert.Throws<ArgumentException>(() => LexicographicChoice.Choose(Front, 2, []));
        Assert.Throws<ArgumentException>(() => LexicographicChoice.Choose(Front, 2, [new(2)]));
        Assert.Throws<ArgumentException>(() => LexicographicChoice.Choose(Front, 2, [new(0), new(0)]));
        Assert.Throws<ArgumentException>(() => LexicographicChoice.Choose(Front, 2, [new(0, -1)]));
        Assert.Throws<ArgumentException>(() => LexicographicChoice.Choose([], 2, [new(0)]));
    }
}
