using Vilfredo.Decisions;

namespace Vilfredo.Tests.Decisions;

public class PreferenceChoiceTests
{
    private static readonly double[] Front = [0, 10, 2, 6, 5, 5, 10, 0];

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 3)]
    [InlineData(3, 2, 1)]
    public void The_weighted_sum_follows_the_weights(double first, double second, int expected) =>
        Assert.Equal(expected, PreferenceChoice.ByWeightedSum(Front, 2, [first, second]).Index);

    [Fact]
    public void The_weighted_sum_explains_itself()
    {
        var decision = PreferenceChoice.ByWeightedSum(Front, 2, [3, 3]);
        Assert.Equal(1, decision.Index);
        Assert.Equal(0.4, decision.Score, 1e-15);
        Assert.Equal(0.5, decision.RunnerUp!.Score, 1e-15);
        Assert.Equal(0, decision.RunnerUp.Index);
        Assert.Equal([-2, 4], decision.RunnerUp.Change);
    }

    [Fact]
    public void Tchebycheff_reaches_points_in_a_dent_that_no_weighted_sum_reaches()
    {
        double[] dent = [0, 10, 6, 6, 10, 0];
        for (var w = 0.0; w <= 1; w += 0.05) Assert.NotEqual(1, PreferenceChoice.ByWeightedSum(dent, 2, [w, 1 - w]).Index);
        Assert.Equal(1, PreferenceChoice.ByTchebycheff(dent, 2, [1, 1]).Index);
    }

    [Fact]
    public void Every_point_of_a_front_is_the_Tchebycheff_choice_for_some_weights()
    {
        var chosen = Enumerable.Range(0, 101).Select(w => PreferenceChoice.ByTchebycheff(Front, 2, [w, 100 - w]).Index).Distinct().Order();
        Assert.Equal([0, 1, 2, 3], chosen);
    }

    [Fact]
    public void A_reference_point_chooses_the_smallest_worst_shortfall()
    {
        var decision = PreferenceChoice.ByReferencePoint(Front, 2, [6, 6]);
        Assert.Equal(2, decision.Index);
        Assert.Equal(-0.1 - 2e-5, decision.Score, 1e-12);
        Assert.True(PreferenceChoice.ByReferencePoint(Front, 2, [1, 1]).Score > 0);
        Assert.Equal(3, PreferenceChoice.ByReferencePoint(Front, 2, [100, 0]).Index);
    }

    [Fact]
    public void Pseudo_weights_are_those_of_the_definition_and_choose_the_closest_point()
    {
        var weights = PseudoWeights.Compute(Front, 2);
        Assert.Equal([1, 0, 0.8 / 1.2, 0.4 / 1.2, 0.5, 0.5, 0, 1], weights.Select(w => Math.Round(w, 15)), (a, b) => Math.Abs(a - b) < 1e-14);
        var decision = PreferenceChoice.ByPseudoWeights(Front, 2, [1, 1]);
        Assert.Equal(2, decision.Index);
        Assert.Equal(0, decision.Score, 1e-15);
        Assert.Equal(1, PreferenceChoice.ByPseudoWeights(Front, 2, [0.7, 0.3]).Index);
    }

    [Fact]
    public void Pseudo_weights_of_degenerate_sets_are_defined()
    {
        Assert.Equal([0.5, 0.5], PseudoWeights.Compute([3, 4], 2));
        Assert.Equal([0.5, 0.5, 0.5, 0.5], PseudoWeights.Compute([3, 4, 3, 4], 2));
        Assert.Equal([1, 0, 0.5, 0.5], PseudoWeights.Compute([1, 7, 2, 7], 2));
        Assert.Throws<ArgumentException>(() => PseudoWeights.Compute([], 2));
        Assert.Throws<ArgumentException>(() => PseudoWeights.Compute([1, double.PositiveInfinity], 2));
    }

    [Fact]
    public void A_dominated_point_never_wins_a_tie()
    {
        double[] points = [1, 9, 1, 2, 5, 1];
        Assert.Equal(1, PreferenceChoice.ByWeightedSum(points, 2, [1, 0]).Index);
        Assert.Equal(1, PreferenceChoice.ByTchebycheff(points, 2, [1, 0]).Index);
    }

    [Fact]
    public void An_infinite_objective_comes_last_unless_its_weight_is_zero()
    {
        double[] points = [0, double.PositiveInfinity, 1, 1, 3, 0];
        Assert.Equal(1, PreferenceChoice.ByWeightedSum(points, 2, [3, 1]).Index);
        Assert.Equal(0, PreferenceChoice.ByWeightedSum(points, 2, [1, 0]).Index);
        Assert.Equal(0, PreferenceChoice.ByTchebycheff(points, 2, [1, 0]).Index);
        Assert.Equal(double.PositiveInfinity, PreferenceChoice.ByTchebycheff([0, double.PositiveInfinity], 2, [1, 1]).Score);
    }

    [Fact]
    public void A_given_normalization_replaces_that_of_the_points()
    {
        var scale = new ObjectiveNormalization([0, 0], [1, 100]);
        Assert.Equal(0, PreferenceChoice.ByWeightedSum(Front, 2, [1, 1], scale).Index);
        Assert.Throws<ArgumentException>(() => PreferenceChoice.ByTchebycheff(Front, 2, [1, 1], new ObjectiveNormalization([0], [1])));
    }

    [Theory]
    [InlineData(new double[] { 0, 0 })]
    [InlineData(new double[] { -1, 2 })]
    [InlineData(new double[] { 1 })]
    [InlineData(new double[] { double.NaN, 1 })]
    [InlineData(new double[] { double.PositiveInfinity, 1 })]
    public void Bad_weights_are_refused(double[] weights)
    {
        Assert.Throws<ArgumentException>(() => PreferenceChoice.ByWeightedSum(Front, 2, weights));
        Assert.Throws<ArgumentException>(() => PreferenceChoice.ByTchebycheff(Front, 2, weights));
        Assert.Throws<ArgumentException>(() => PreferenceChoice.ByPseudoWeights(Front, 2, weights));
    }

    [Fact]
    public void Bad_points_and_aspirations_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PreferenceChoice.ByWeightedSum([], 2, [1, 1]));
        Assert.Throws<ArgumentException>(() => PreferenceChoice.ByTchebycheff([double.NegativeInfinity, 1], 2, [1, 1]));
        Assert.Throws<ArgumentException>(() => PreferenceChoice.ByReferencePoint(Front, 2, [1]));
        Assert.Throws<ArgumentException>(() => PreferenceChoice.ByReferencePoint(Front, 2, [1, double.PositiveInfinity]));
    }

    [Fact]
    public void Scalarizations_are_those_of_the_definition()
    {
        Assert.Equal(11, Scalarization.WeightedSum([1, 3], [2, 3]));
        Assert.Equal(6, Scalarization.Achievement([1, 3], [0, 1], [2, 3], 0));
        Assert.Equal(6 + 0.1 * 8, Scalarization.Achievement([1, 3], [0, 1], [2, 3], 0.1), 1e-14);
        Assert.Equal(2, Scalarization.Achievement([1, double.PositiveInfinity], [0, 1], [2, 0], 0));
        Assert.Throws<ArgumentException>(() => Scalarization.WeightedSum([1, 3], [2]));
        Assert.Throws<ArgumentException>(() => Scalarization.Achievement([1, 3], [2], [1, 1]));
    }
}
