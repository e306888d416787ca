using Vilfredo.Decisions;

namespace Vilfredo.Studies.Tests.Results;

public class StudyChoiceTests
{
    private static readonly double?[] NoLimits = [null, null];

    // On the frontier: trials 0, 2 and 1, with cost 1, 2 and 10; trial 3 is dominated.
    private static StudyFrontier Models()
    {
        using var study = TestStudies.Create();
        double[][] values = [[1, 0.5], [10, 0.95], [2, 0.9], [3, 0.6]];
        foreach (var row in values) study.Tell(study.AskTrial(), row);
        return StudyFrontier.Of(study);
    }

    [Fact]
    public void The_best_within_a_budget_names_the_price_of_the_next_better_one()
    {
        var choice = StudyChoice.Best(Models(), [5, null], 1);
        Assert.Equal(2, choice.Point!.Trial);
        Assert.Equal(1, choice.Next!.Trial);
        Assert.Equal([5, 0], choice.Excess);
        Assert.Equal("it has the highest quality, 0.9, of the 2 of 3 frontier points with cost at most 5 USD", choice.Reason);
        Assert.Equal("the next better one is trial 1, with quality 0.95 (+0.05) for cost 10 USD, 5 USD beyond the limit", choice.NextReason);
    }

    [Fact]
    public void Where_nothing_is_within_the_limits_the_nearest_is_named()
    {
        var choice = StudyChoice.Knee(Models(), [1.5, 0.7]);
        Assert.Null(choice.Point);
        Assert.Equal("none of the 3 frontier points has cost at most 1.5 USD and quality at least 0.7", choice.Reason);
        Assert.Equal(2, choice.Next!.Trial);
        Assert.Equal("the nearest is trial 2: cost 2 USD, 0.5 USD beyond the limit", choice.NextReason);
    }

    [Fact]
    public void Preferences_choose_and_name_the_next_choice()
    {
        var frontier = Models();
        Assert.Equal(2, StudyChoice.Knee(frontier, NoLimits).Point!.Trial);
        Assert.Equal(0, StudyChoice.ByWeights(frontier, NoLimits, [1, 0]).Point!.Trial);
        Assert.Equal(1, StudyChoice.ByWeights(frontier, NoLimits, [1, 20]).Point!.Trial);
        Assert.Equal(1, StudyChoice.ByReferencePoint(frontier, NoLimits, [10, 0.96]).Point!.Trial);
        var lexicographic = StudyChoice.Lexicographic(frontier, NoLimits, [new LexicographicPriority(1, 0.05), new LexicographicPriority(0)]);
        Assert.Equal(2, lexicographic.Point!.Trial);
        Assert.Equal("of all 3 frontier points, 2 are within 0.05 of the best quality, 0.95; then 1 is with the best cost, 2 USD", lexicographic.Reason);
        Assert.Equal("the next choice is trial 1: cost 10 USD (+8 USD) and quality 0.95 (+0.05)", lexicographic.NextReason);
    }

    [Fact]
    public void A_frontier_of_one_point_leaves_no_choice()
    {
        using var study = TestStudies.Create();
        study.Tell(study.AskTrial(), 1, 2);
        var choice = StudyChoice.Knee(StudyFrontier.Of(study), NoLimits);
        Assert.Equal(0, choice.Point!.Trial);
        Assert.Null(choice.Next);
        Assert.Equal("there is no other point", choice.NextReason);
    }

    [Fact]
    public void An_empty_frontier_is_refused()
    {
        using var study = TestStudies.Create();
        Assert.Throws<ArgumentException>(() => StudyChoice.Knee(StudyFrontier.Of(study), NoLimits));
        Assert.Throws<ArgumentException>(() => StudyChoice.Knee(Models(), [null]));
    }
}
