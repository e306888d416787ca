using Vilfredo.Optimization.Gradients.Descents;

namespace Vilfredo.Optimization.Tests.Gradients.Descents;

public class MultiStartDescentTests
{
    // Squared distances to two points, one variable in other units than the others: the Pareto set is the segment between them.
    private static readonly DecisionSpace Space = new([Variable.Real("a", 0, 1), Variable.Real("b", -10, 10), Variable.Real("c", 0, 1)]);
    private static readonly double[] First = [0.2, 0.6, 0.3], Second = [0.8, 0.4, 0.7];

    public static TheoryData<DescentMethod> Methods => [.. Enum.GetValues<DescentMethod>()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_path_ends_on_the_Pareto_set(DescentMethod method)
    {
        var descent = new MultiStartDescent(Space, 2, method, 1, new() { Starts = 4, Difference = 1e-6 });
        var ends = Ends(descent, 80, x => new(Values(x)));
        Assert.True(ends.Count >= 4, $"{ends.Count} paths ended");
        Assert.All(ends, end => Assert.InRange(Distance(end), 0, 0.005));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Reported_gradients_lead_to_the_same_points_with_fewer_of_them(DescentMethod method)
    {
        var options = new DescentOptions { Starts = 2, Difference = 1e-7 };
        var (with, without) = (new MultiStartDescent(Space, 2, method, 3, options), new MultiStartDescent(Space, 2, method, 3, options));
        var (few, many) = (0, 0);
        var reported = Ends(with, 60, x => { few++; return new(Values(x), Gradients(x)); }, most: 2);
        var differences = Ends(without, 120, x => { many++; return new(Values(x)); }, most: 2);
        Assert.True(3 * few < 2 * many, $"{few} against {many}");
        Assert.All(reported.Take(2), end => Assert.Contains(differences, other => Unit(end).Zip(Unit(other), (a, b) => Math.Abs(a - b)).Max() < 0.005));
    }

    [Fact]
    public void Every_step_of_common_descent_lowers_both_objectives()
    {
        foreach (var method in new[] { DescentMethod.MultipleGradientDescent, DescentMethod.NashBargaining })
        {
            var path = new List<double[]>();
            var descent = new MultiStartDescent(Space, 2, method, 2, new() { Starts = 1 });
            for (var round = 0; round < 12 && descent.Ends.Count == 0; round++)
            {
                if (descent.Points.Count == 3) path.Add(Values(Centre(descent.Points)));
                descent.Advance([.. descent.Points.Select(x => new DescentResult(Values(x)))]);
            }

            Assert.True(path.Count > 2);
            for (var i = 1; i < path.Count; i++) Assert.True(path[i][0] <= path[i - 1][0] && path[i][1] <= path[i - 1][1]);
        }

        // Each difference moves one variable, so that two of three agree with the centre.
        static double[] Centre(IReadOnlyList<double[]> beside) => [beside[1][0], beside[0][1], beside[0][2]];
    }

    [Fact]
    public void Weights_of_a_sum_give_the_point_where_they_say()
    {
        var descent = new MultiStartDescent(Space, 2, DescentMethod.WeightedSum, 1, new() { Starts = 3, Normalize = false, Difference = 1e-7 });
        var ends = Ends(descent, 60, x => new(Values(x)), most: 3);
        // The weighted mean of the two points; the paths end in any order.
        foreach (var weight in new[] { 0, 0.5, 1 })
            Assert.Contains(ends, end => Enumerable.Range(0, 3).All(i => Math.Abs(Unit(end)[i] - (weight * First[i] + (1 - weight) * Second[i])) < 0.01));
    }

    [Fact]
    public void Steps_stay_within_bounds_and_end_at_the_best_point_of_them()
    {
        // The minima of both objectives lie outside: (2, 0.5) and (2, 0.7) beyond the bound 1 of the first variable.
        var space = DecisionSpace.Continuous(2, 0, 1);
        double[] Of(double[] x) => [Square(x[0] - 2) + Square(x[1] - 0.5), Square(x[0] - 2) + Square(x[1] - 0.7)];
        var descent = new MultiStartDescent(space, 2, DescentMethod.MultipleGradientDescent, 1, new() { Starts = 3, Difference = 1e-6 });
        var points = new List<double[]>();
        var ends = Ends(descent, 60, x => { points.Add(x); return new(Of(x)); });
        Assert.All(points, x => Assert.True(space.Contains(x)));
        Assert.All(ends, end => Assert.True(end[0] > 0.999 && end[1] is > 0.495 and < 0.705, string.Join(' ', end)));
    }

    [Fact]
    public void Points_that_the_filter_refuses_are_never_asked_for()
    {
        var space = DecisionSpace.Continuous(2, 0, 1).WithFilter(x => x[0] + x[1] >= 1);
        var descent = new MultiStartDescent(space, 2, DescentMethod.MultipleGradientDescent, 1);
        for (var round = 0; round < 40; round++)
        {
            Assert.All(descent.Points, x => Assert.True(space.Satisfies(x)));
            descent.Advance([.. descent.Points.Select(x => new DescentResult([x[0], x[1]]))]);
        }
    }

    [Fact]
    public void A_path_without_a_result_at_its_start_or_beside_it_makes_room_for_another()
    {
        var descent = new MultiStartDescent(Space, 2, DescentMethod.MultipleGradientDescent, 1, new() { Starts = 2 });
        var starts = descent.Points.ToArray();
        descent.Advance([null, new(Values(starts[1]))]);
        Assert.Equal(4, descent.Points.Count); // a new start, and three differences of the other path
        Assert.DoesNotContain(descent.Points, x => x.SequenceEqual(starts[0]));
        var third = descent.Points[0];
        descent.Advance([new(Values(third)), new(Values(descent.Points[1])), null, new(Values(descent.Points[3]))]);
        Assert.Equal(4, descent.Points.Count); // three differences of the new path, and a fourth start
        Assert.All(descent.Points.Take(3), x => Assert.Equal(2, x.Index().Count(v => v.Item == third[v.Index])));
    }

    [Fact]
    public void A_step_that_fails_or_leaves_the_feasible_part_is_shortened()
    {
        var space = DecisionSpace.Continuous(1, 0, 1);
        foreach (var bad in new DescentResult?[] { null, new([-5], Feasible: false) })
        {
            var descent = new MultiStartDescent(space, 1, DescentMethod.MultipleGradientDescent, 1, new() { Starts = 1 });
            var start = descent.Points[0][0];
            descent.Advance([new([start])]);
            descent.Advance([new([descent.Points[0][0]])]);
            var step = start - descent.Points[0][0];
            Assert.Equal(0.1, step, 1e-9);
            descent.Advance([bad]);
            Assert.Equal(0.05, start - descent.Points[0][0], 1e-9);
        }
    }

    [Fact]
    public void The_unit_of_an_objective_does_not_matter()
    {
        foreach (var method in Enum.GetValues<DescentMethod>())
        {
            Assert.All(Run(1).Zip(Run(1024)), pair => Assert.Equal(pair.First, pair.Second));

            IEnumerable<string> Run(double unit)
            {
                var descent = new MultiStartDescent(Space, 2, method, 1, new() { Starts = 2, Difference = 1.0 / 1024 });
                for (var round = 0; round < 20; round++)
                {
                    yield return string.Join(';', descent.Points.Select(x => string.Join(' ', x.Select(v => v.ToString("F9")))));
                    descent.Advance([.. descent.Points.Select(x => new DescentResult([Values(x)[0], unit * Values(x)[1]]))]);
                }
            }
        }
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        var whole = new DecisionSpace([Variable.Real("a", 0, 1), Variable.Integer("n", 1, 3)]);
        Assert.Contains("real", Assert.Throws<ArgumentException>(() => new MultiStartDescent(whole, 2, DescentMethod.MultipleGradientDescent, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultiStartDescent(Space, 2, DescentMethod.WeightedSum, 1, new() { Difference = 0 }));
        var descent = new MultiStartDescent(Space, 2, DescentMethod.WeightedSum, 1, new() { Starts = 1 });
        Assert.Throws<ArgumentException>(() => descent.Advance([]));
        Assert.Throws<ArgumentException>(() => descent.Advance([new([1])]));
        Assert.Throws<ArgumentException>(() => descent.Advance([new([1, 2], [1])]));
    }

    private static IReadOnlyList<double[]> Ends(MultiStartDescent descent, int rounds, Func<double[], DescentResult> measure, int most = int.MaxValue)
    {
        for (var round = 0; round < rounds && descent.Ends.Count < most; round++) descent.Advance([.. descent.Points.Select(measure)]);
        Assert.NotEmpty(descent.Ends);
        return descent.Ends;
    }

    private static double[] Unit(double[] x) => [x[0], (x[1] + 10) / 20, x[2]];

    private static double[] Values(double[] x) =>
        [Unit(x).Zip(First, (a, b) => Square(a - b)).Sum(), Unit(x).Zip(Second, (a, b) => Square(a - b)).Sum()];

    private static double[] Gradients(double[] x)
    {
        double[] u = Unit(x), slopes = [1, 1.0 / 20, 1];
        return [.. Enumerable.Range(0, 3).Select(i => 2 * (u[i] - First[i]) * slopes[i]), .. Enumerable.Range(0, 3).Select(i => 2 * (u[i] - Second[i]) * slopes[i])];
    }

    private static double Distance(double[] x)
    {
        var u = Unit(x);
        var t = Math.Clamp(u.Index().Sum(v => (v.Item - First[v.Index]) * (Second[v.Index] - First[v.Index])) / First.Zip(Second, (a, b) => Square(b - a)).Sum(), 0, 1);
        return Math.Sqrt(u.Index().Sum(v => Square(v.Item - First[v.Index] - t * (Second[v.Index] - First[v.Index]))));
    }

    private static double Square(double value) => value * value;
}
