using System.Text.Json;
using CsCheck;

namespace Vilfredo.Tests.Frontiers;

public class FrontierTests
{
    private static readonly Objective[] SizeAndQuality = [Objective.Minimize("size", "B"), Objective.Maximize("quality")];

    private static readonly Gen<Frontier> Frontiers =
        Gen.Select(Gen.Int[0, 8], Gen.Int[-3, 3].Array[2, 8], Gen.Bool, Gen.Bool).Array[0, 12].Select(rows => new Frontier(
            SizeAndQuality,
            rows.DistinctBy(r => r.Item1).Select(r => MeasuredPoint.FromSamples(
                Key(r.Item1), [.. r.Item2.Take(r.Item2.Length / 2 * 2).Select(v => v / 3.0)], 2,
                r.Item3 ? new CostVector { WallTimeSeconds = 0.1 * r.Item1, Money = r.Item4 ? new Money(0.3, "EUR") : null } : null))));

    [Fact]
    public void Non_dominated_points_run_from_best_to_worst_in_the_first_objective()
    {
        var frontier = new Frontier(SizeAndQuality, [Point(1, 5, 9), Point(2, 3, 4), Point(3, 4, 4), Point(4, 1, 1)]);
        Assert.Equal([4, 2, 1], frontier.NonDominated.Select(Number));
        Assert.Equal([3], frontier.Dominated.Select(Number));
        Assert.Equal([4, 2, 1, 3], frontier.Points.Select(Number));
        Assert.Equal([1, -1, 3, -4, 5, -9], frontier.ToMinimization());

        var turned = new Frontier(
            [SizeAndQuality[1], SizeAndQuality[0]], [Point(1, 9, 5), Point(2, 4, 3), Point(3, 4, 4), Point(4, 1, 1)]);
        Assert.Equal([1, 2, 4], turned.NonDominated.Select(Number));
    }

    [Fact]
    public void Points_are_found_by_configuration()
    {
        var frontier = new Frontier(SizeAndQuality, [Point(1, 5, 9), Point(2, 6, 4)]);
        Assert.Equal(Point(1, 5, 9), frontier[Key(1)]);
        Assert.True(frontier.IsNonDominated(Key(1)));
        Assert.False(frontier.IsNonDominated(Key(2)));
        Assert.False(frontier.IsNonDominated(Key(3)));
        Assert.False(frontier.TryGet(Key(3), out _));
        Assert.Contains("knob=3", Assert.Throws<KeyNotFoundException>(() => frontier[Key(3)]).Message);
    }

    [Fact]
    public void Configurations_with_equal_values_all_stay_in_order_of_their_text() =>
        Assert.Equal([1, 2, 3], new Frontier(SizeAndQuality, [Point(3, 1, 1), Point(1, 1, 1), Point(2, 1, 1)]).NonDominated.Select(Number));

    [Fact]
    public void An_empty_frontier_is_allowed() => Assert.Empty(new Frontier(SizeAndQuality, []).NonDominated);

    [Fact]
    public void The_order_of_the_input_does_not_matter() =>
        Gen.Select(Frontiers, Gen.ULong).Sample((frontier, seed) =>
        {
            var points = frontier.Points.ToArray();
            new RandomGenerator(seed).Shuffle<MeasuredPoint>(points);
            Assert.Equal(frontier, new Frontier(SizeAndQuality, points));
        });

    [Fact]
    public void Membership_agrees_with_the_definition() =>
        Frontiers.Sample(frontier =>
        {
            bool Dominates(MeasuredPoint a, MeasuredPoint b) =>
                a.Values[0] <= b.Values[0] && a.Values[1] >= b.Values[1] && (a.Values[0] < b.Values[0] || a.Values[1] > b.Values[1]);
            foreach (var point in frontier.Points)
                Assert.Equal(!frontier.Points.Any(other => Dominates(other, point)), frontier.IsNonDominated(point.Configuration));
        });

    [Fact]
    public void Json_round_trips_everything() =>
        Frontiers.Sample(frontier =>
        {
            Assert.Equal(frontier, Frontier.FromJson(frontier.ToJson()));
            Assert.Equal(frontier, Frontier.FromJson(frontier.ToJson(indented: true)));
            Assert.Equal(frontier, JsonSerializer.Deserialize<Frontier>(JsonSerializer.Serialize(frontier)));
        });

    [Fact]
    public void Json_keeps_the_last_bit() =>
        Gen.Double.Where(double.IsFinite).Array[2, 6].Sample(numbers =>
        {
            var values = numbers[..2];
            var samples = numbers[..(numbers.Length / 2 * 2)];
            var read = Frontier.FromJson(new Frontier(SizeAndQuality, [new MeasuredPoint(Key(1), values, samples)]).ToJson());
            Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), read.NonDominated[0].Values.Select(BitConverter.DoubleToInt64Bits));
            Assert.Equal(samples.Select(BitConverter.DoubleToInt64Bits), read.NonDominated[0].Samples.Select(BitConverter.DoubleToInt64Bits));
        });

    [Fact]
    public void Json_has_directions_units_and_the_sign_of_zero()
    {
        var json = new Frontier(SizeAndQuality, [new MeasuredPoint(Key(1), [0.1, -0.0])]).ToJson();
        Assert.Equal(
            "{\"format\":\"vilfredo-frontier\",\"version\":1,\"objectives\":[{\"name\":\"size\",\"direction\":\"minimize\",\"unit\":\"B\"},"
            + "{\"name\":\"quality\",\"direction\":\"maximize\"}],\"points\":[{\"configuration\":{\"knob\":\"1\"},\"values\":[0.1,-0]}]}",
            json);
        var read = Frontier.FromJson(json);
        Assert.Equal(SizeAndQuality, read.Objectives);
        Assert.True(double.IsNegative(read.NonDominated[0].Values[1]));
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("[]", "vilfredo-frontier")]
    [InlineData("{\"format\":\"vilfredo-frontier\",\"version\":2,\"objectives\":[],\"points\":[]}", "version 2")]
    [InlineData("{\"format\":\"vilfredo-frontier\",\"version\":1,\"points\":[]}", "\"objectives\" is missing")]
    [InlineData("{\"format\":\"vilfredo-frontier\",\"version\":1,\"objectives\":[],\"points\":[]}", "at least one objective")]
    [InlineData("{\"format\":\"vilfredo-frontier\",\"version\":1,\"objectives\":[{\"name\":\"a\",\"direction\":\"up\"}],\"points\":[]}", "objectives[0]")]
    [InlineData("{\"format\":\"vilfredo-frontier\",\"version\":1,\"objectives\":[{\"name\":\" \",\"direction\":\"minimize\"}],\"points\":[]}", "objectives[0]")]
    public void Json_of_something_else_is_refused_with_the_place(string json, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => Frontier.FromJson(json)).Message);

    [Theory]
    [InlineData("1", "points[0]")]
    [InlineData("{\"configuration\":{},\"values\":[1,2]}", "points[0].values")]
    [InlineData("{\"configuration\":{},\"values\":[\"1\"]}", "points[0].values[0]")]
    [InlineData("{\"configuration\":{},\"values\":[1e400]}", "points[0].values[0]")]
    [InlineData("{\"values\":[1]}", "configuration")]
    [InlineData("{\"configuration\":{\"a\":null},\"values\":[1]}", "points[0].configuration")]
    [InlineData("{\"configuration\":{},\"values\":[1],\"samples\":[]}", "points[0]")]
    [InlineData("{\"configuration\":{},\"values\":[1],\"samples\":[[1,2]]}", "points[0].samples[0]")]
    [InlineData("{\"configuration\":{},\"values\":[1],\"cost\":{\"labels\":-1}}", "points[0].cost")]
    [InlineData("{\"configuration\":{},\"values\":[1],\"cost\":{\"money\":{\"amount\":1}}}", "points[0].cost")]
    [InlineData("{\"configuration\":{},\"values\":[1],\"cost\":7}", "points[0].cost")]
    public void Json_of_a_bad_point_is_refused_with_the_place(string point, string place) =>
        Assert.Contains(place, Assert.Throws<FormatException>(() => Frontier.FromJson(
            "{\"format\":\"vilfredo-frontier\",\"version\":1,\"objectives\":[{\"name\":\"a\",\"direction\":\"minimize\"}],\"points\":["
            + point + "]}")).Message);

    [Fact]
    public void Merging_is_commutative_and_idempotent_and_holds_every_configuration() =>
        Gen.Select(Frontiers, Frontiers).Sample((a, b) =>
        {
            var merged = a.Merge(b);
            Assert.Equal(merged.Points.Select(p => p.Configuration.Text), b.Merge(a).Points.Select(p => p.Configuration.Text));
            Assert.Equal(a, a.Merge(a));
            Assert.Equal(
                a.Points.Concat(b.Points).Select(p => p.Configuration).Distinct().Count(), merged.Count);
        });

    [Fact]
    public void Merging_pools_the_samples_of_a_configuration_and_adds_its_costs()
    {
        var a = new Frontier(SizeAndQuality, [MeasuredPoint.FromSamples(Key(1), [1, 2, 3, 4], 2, new CostVector { Labels = 2, EnergyJoules = 1 })]);
        var b = new Frontier(SizeAndQuality, [new MeasuredPoint(Key(1), [8, 0], new CostVector { Labels = 1 }), Point(2, 9, 9)]);
        var merged = a.Merge(b);
        Assert.Equal(2, merged.Count);
        Assert.Equal([4, 2], merged[Key(1)].Values);
        Assert.Equal([1, 2, 3, 4, 8, 0], merged[Key(1)].Samples);
        Assert.Equal(new CostVector { Labels = 3 }, merged[Key(1)].Cost);
    }

    [Fact]
    public void Frontiers_of_other_objectives_do_not_merge()
    {
        var error = Assert.Throws<ArgumentException>(() => new Frontier(SizeAndQuality, []).Merge(
            new Frontier([Objective.Minimize("size", "kB"), SizeAndQuality[1]], [])));
        Assert.Contains("min size [B]", error.Message);
        Assert.Contains("min size [kB]", error.Message);
    }

    [Fact]
    public void Noise_is_read_in_the_users_direction_and_in_the_order_of_the_points()
    {
        var frontier = new Frontier(SizeAndQuality, [
            MeasuredPoint.FromSamples(Key(1), [1, 5, 1, 5], 2),
            MeasuredPoint.FromSamples(Key(2), [2, 4, 2, 4], 2),
            MeasuredPoint.FromSamples(Key(3), [3, 9, 3, 9], 2)]);
        var noisy = frontier.UnderNoise(new RandomGenerator(1));
        Assert.Equal([1, 3, 2], frontier.Points.Select(Number));
        Assert.Equal([1, 1, 0], noisy.NonDominatedProbabilities);
    }

    [Fact]
    public void Bad_points_and_objectives_are_refused()
    {
        Assert.Contains("knob=1", Assert.Throws<ArgumentException>(() => new Frontier(SizeAndQuality, [Point(1, 1, 1), Point(1, 2, 2)])).Message);
        Assert.Contains("2 objectives", Assert.Throws<ArgumentException>(() => new Frontier(SizeAndQuality, [new MeasuredPoint(Key(1), [1])])).Message);
        Assert.Throws<ArgumentException>(() => new Frontier([], []));
        Assert.Throws<ArgumentException>(() => new Frontier([SizeAndQuality[0], SizeAndQuality[0]], []));
        Assert.Contains("knob=1", Assert.Throws<ArgumentException>(() => Point(1, double.NaN, 1)).Message);
        Assert.Throws<ArgumentException>(() => Point(1, double.PositiveInfinity, 1));
        Assert.Throws<ArgumentException>(() => new MeasuredPoint(Key(1), []));
        Assert.Throws<ArgumentException>(() => new MeasuredPoint(Key(1), [1, 2], [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => Point(1, 1, 1).Pool(Point(2, 1, 1)));
    }

    [Fact]
    public void A_point_keeps_its_own_copy_of_the_values()
    {
        double[] values = [1, 2];
        var point = new MeasuredPoint(Key(1), values);
        values[0] = 9;
        Assert.Equal([1, 2], point.Values);
        Assert.Equal(1, point.SampleCount);
        Assert.Equal("knob=1: 1, 2", point.ToString());
    }

    private static ConfigurationKey Key(int number) => ConfigurationKey.Of(("knob", number));

    private static MeasuredPoint Point(int number, double size, double quality) => new(Key(number), [size, quality]);

    private static int Number(MeasuredPoint point) => int.Parse(point.Configuration["knob"]);
}
