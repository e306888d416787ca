using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Evaluation.Recording;
using Vilfredo.Inference.Evaluation.Results;
using Vilfredo.Inference.Evaluation.Running;
using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Inference.Tests.Evaluation;

public sealed class EvaluationAnalysisTests : IDisposable
{
    private readonly EvaluationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Variance_components_are_those_of_the_analysis_of_variance()
    {
        // Means 0.5, 1, 0 with two repeats: within (0.5 + 0 + 0) / 3, between 2 * 0.5 / 2.
        var components = VarianceComponents.Of([[1, 0], [1, 1], [0, 0]])!;
        Assert.Equal(1.0 / 6, components.Model, 1e-12);
        Assert.Equal((0.5 - (1.0 / 6)) / 2, components.Task, 1e-12);
        Assert.Equal(Math.Sqrt(0.5 / 6), components.StandardError, 1e-12);
        Assert.Null(VarianceComponents.Of([[1], [0]]));
        Assert.Equal(0, VarianceComponents.Of([[1, 0], [0, 1]])!.Task);
    }

    [Fact]
    public void A_paired_interval_is_about_the_normal_one()
    {
        var random = new RandomGenerator(3);
        double[] values = [.. Enumerable.Range(0, 200).Select(_ => random.NextNormal())];
        var (lower, upper) = PairedResamples.Interval(new PairedResamples(200, 4000, new(1)).Means(values), 0.95);
        var (mean, half) = (values.Average(), 1.96 * Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / 199 / 200));
        Assert.Equal(mean - half, lower, 0.02);
        Assert.Equal(mean + half, upper, 0.02);
    }

    [Fact]
    public void Points_with_the_same_answers_differ_by_nothing_and_the_dearer_is_dominated()
    {
        var result = Analysis(("cheap", i => i % 3 > 0, 1), ("dear", i => i % 3 > 0, 2));
        Assert.Equal(["m:cheap", "m:dear"], result.Points.Select(point => point.Point.Name));
        Assert.Equal((true, false), (result.Points[0].IsOnFrontier, result.Points[1].IsOnFrontier));
        Assert.Equal(new Estimate(0, 0, 0), result.Points[1].Difference!.Quality);
        Assert.Equal((1.0, "m:cheap"), (result.Points[1].DominatedProbability, result.Points[1].DominatedBy));
        Assert.Equal(0, result.Points[0].DominatedProbability);
        Assert.Empty(result.Next);
    }

    [Fact]
    public void Problems_that_are_hard_for_all_cancel_in_differences()
    {
        // The second point solves what the first does and a tenth more: the difference is sharp although both vary much.
        var result = Analysis(("a", i => i % 2 == 0, 1), ("b", i => i % 2 == 0 || i % 10 == 1, 2));
        var difference = result.Points[1].Difference!.Quality;
        Assert.Equal(0.1, difference.Value, 1e-9);
        Assert.InRange(difference.Lower, 0.03, 0.09);
        Assert.True(result.Points[1].Accuracy.Upper - result.Points[1].Accuracy.Lower > difference.Upper - difference.Lower + 0.04);
        Assert.True(result.Points[1].DominatedProbability < 0.01);
        Assert.Equal("m:b", Assert.Single(result.Steps).First);
    }

    [Fact]
    public void What_is_always_right_has_an_interval_all_the_same()
    {
        var accuracy = Analysis(("a", _ => true, 1)).Points[0].Accuracy;
        Assert.Equal((1, 1), (accuracy.Value, accuracy.Upper));
        Assert.InRange(accuracy.Lower, 0.9, 0.99);
    }

    [Fact]
    public void The_cost_of_a_right_answer_has_no_bound_when_none_is_right()
    {
        var result = Analysis(("half", i => i % 2 == 0, 3), ("never", _ => false, 1));
        var half = result.Points.First(point => point.Point.Name == "m:half").CostOfPass!.Value;
        Assert.Equal(6, half.Value, 1e-9);
        Assert.InRange(half.Lower, 4.5, 6);
        Assert.InRange(half.Upper, 6, 8.5);
        Assert.Equal(double.PositiveInfinity, result.Points.First(point => point.Point.Name == "m:never").CostOfPass!.Value.Value);
    }

    [Fact]
    public void The_cost_of_a_right_answer_can_be_the_quality()
    {
        var result = Analysis([("half", i => i % 2 == 0, 3), ("most", i => i % 10 > 0, 4), ("never", _ => false, 1)], "quality: cost_of_pass\ncost: tokens\n");
        Assert.Equal(6, result.Points.First(point => point.Point.Name == "m:half").Quality.Value, 1e-9);
        Assert.True(result.Points.First(point => point.Point.Name == "m:most").IsOnFrontier);
    }

    [Fact]
    public void Where_a_place_is_open_more_answers_are_asked_for_first()
    {
        // b is right about as often as a for twice the money; c is plainly worse than both.
        var result = Analysis(("a", i => i % 2 == 0, 1), ("b", i => i % 2 == 0 ? i % 20 > 0 : i % 20 is 1 or 3, 2), ("c", i => i % 10 == 0, 3));
        Assert.Equal("m:b", result.Next[0].Point);
        Assert.DoesNotContain(result.Next, next => next.Point == "m:c");
        Assert.Equal(1, result.Next[0].Worth);
    }

    [Fact]
    public void A_race_gives_a_good_point_up_no_more_often_than_it_may()
    {
        // Two points of equal cost per answer and quality 0.5 that err independently: giving either up is a mistake only when the other is not within the margin, here 0.
        var definition = Definition(["a", "b"], "racing: { round: 10, minimum: 20, level: 0.9, margin: 0 }\n", 100);
        var wrong = 0;
        const int Races = 60;
        for (var race = 0; race < Races; race++)
        {
            var random = new RandomGenerator(77, (ulong)race);
            var good = Answers(definition, 0, _ => random.NextDouble() < 0.6, 1.2);
            var rival = Answers(definition, 1, _ => random.NextDouble() < 0.55, 1);
            var rules = new Race(definition, definition.Racing!, 100);
            var problems = 0;
            foreach (var (first, count) in rules.Rounds.SkipLast(1))
            {
                problems = first + count;
                if (rules.GiveUp([good, rival], problems).Any(given => given.Point == "m:a"))
                {
                    wrong++;
                    break;
                }
            }
        }

        // The good one is on the frontier; at level 0.9 a tenth of the races may lose it.
        Assert.InRange(wrong, 0, 12);
    }

    private EvaluationResult Analysis(params (string Name, Func<int, bool> IsRight, double Cost)[] points) => Analysis(points, "");

    private EvaluationResult Analysis((string Name, Func<int, bool> IsRight, double Cost)[] points, string more)
    {
        var definition = Definition([.. points.Select(point => point.Name)], more, 100);
        return EvaluationAnalysis.Of(definition, new() { Points = [.. points.Select((point, i) => Answers(definition, i, point.IsRight, point.Cost))], End = EvaluationEnd.Completed });
    }

    private EvaluationDefinition Definition(IReadOnlyList<string> names, string more, int problems) => _folder.Load(
        "models: [{ name: m, endpoint: \"http://127.0.0.1:1/v1\", price: { input: 1, output: 2 } }]\n"
        + $"strategies: [{string.Join(", ", names.Select((name, i) => $"{{ name: {name}, strategy: majority_voting, n: {i + 1} }}"))}]\n"
        + $"tasks: [{{ family: chain, difficulty: 1-4, count: {problems} }}]\n" + more);

    private static MeasuredAnswers Answers(EvaluationDefinition definition, int point, Func<int, bool> isRight, double cost) => new(
        definition.Points[point],
        [
            .. Enumerable.Range(0, definition.Problems.Count).Select(i => (IReadOnlyList<AnswerRecord>)[new()
            {
                Key = $"{point}/{i}", Point = definition.Points[point].Name, Problem = $"{i}", PromptHash = "", Response = "", Grade = isRight(i) ? Grade.Correct : Grade.Wrong, StoppedBy = default,
                Cost = cost, Calls = 1, Usage = new(10, (long)(10 * cost)), Seconds = cost,
            }]),
        ]);
}
