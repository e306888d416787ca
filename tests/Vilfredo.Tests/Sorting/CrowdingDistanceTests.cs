using Vilfredo.Sorting;

namespace Vilfredo.Tests.Sorting;

public class CrowdingDistanceTests
{
    private const double Infinity = double.PositiveInfinity;
    private readonly CrowdingDistance crowding = new();

    [Fact]
    public void The_ends_are_infinite_and_the_others_add_the_normalized_gaps_of_their_neighbors()
    {
        // Ranges 4 and 8. Point 1: (2 - 0) / 4 + (8 - 3) / 8; point 2: (4 - 1) / 4 + (4 - 0) / 8.
        double[] points = [0, 8, 1, 4, 2, 3, 4, 0];
        var distances = new double[4];
        crowding.Compute(points, 2, distances);
        Assert.Equal([Infinity, 0.5 + 0.625, 0.75 + 0.5, Infinity], distances);
    }

    [Fact]
    public void Three_objectives_follow_the_definition()
    {
        // Objective 0 orders 0 1 2 3, objective 1 orders 3 1 0 2, objective 2 orders 2 0 3 1: all are at an end but none
        // of point 4, which lies between 1 and 2, between 1 and 0, and between 0 and 3.
        double[] points = [0, 6, 2, 2, 2, 10, 8, 8, 0, 10, 0, 8, 5, 4, 5];
        var distances = new double[5];
        crowding.Compute(points, 3, distances);
        Assert.Equal(0.6 + 0.5 + 0.6, distances[4], 12);
        Assert.Equal([Infinity, Infinity, Infinity], [distances[1], distances[2], distances[3]]);
    }

    [Fact]
    public void A_front_is_measured_by_itself_and_other_places_stay()
    {
        double[] points = [9, 9, 0, 8, 7, 7, 1, 4, 2, 3, 4, 0];
        double[] distances = [-1, -1, -1, -1, -1, -1];
        crowding.Compute(points, 2, [5, 4, 3, 1], distances);
        Assert.Equal([-1, Infinity, -1, 1.125, 1.25, Infinity], distances);
    }

    [Fact]
    public void Of_identical_points_the_first_counts_and_the_others_get_zero()
    {
        double[] points = [0, 8, 1, 4, 0, 8, 2, 3, 1, 4, 4, 0, 4, 0];
        var distances = new double[7];
        crowding.Compute(points, 2, distances);
        Assert.Equal([Infinity, 1.125, 0, 1.25, 0, Infinity, 0], distances);
    }

    [Fact]
    public void One_or_two_distinct_points_are_infinite()
    {
        var distances = new double[3];
        crowding.Compute([1, 2, 1, 2, 1, 2], 2, distances);
        Assert.Equal([Infinity, 0, 0], distances);
        crowding.Compute([1, 2, 2, 1, 1, 2], 2, distances);
        Assert.Equal([Infinity, Infinity, 0], distances);
        crowding.Compute([], 2, []);
    }

    [Fact]
    public void A_constant_objective_adds_nothing()
    {
        double[] flat = [5, 0, 5, 1, 5, 3, 5, 4];
        var distances = new double[4];
        crowding.Compute(flat, 2, distances);
        Assert.Equal([Infinity, 0.75, 0.75, Infinity], distances);
    }

    [Fact]
    public void Infinite_values_make_infinite_gaps_and_never_NaN()
    {
        double[] points = [double.NegativeInfinity, 9, 0, 5, 1, 4, 2, 3, Infinity, 0, Infinity, -1];
        var distances = new double[6];
        crowding.Compute(points, 2, distances);
        Assert.DoesNotContain(distances, double.IsNaN);
        Assert.Equal(Infinity, distances[1]);
        Assert.Equal(1 + 0.2, distances[2], 12);

        crowding.Compute([-1.7e308, 3, 0, 2, 1e308, 1, 1.7e308, 0], 2, distances.AsSpan(0, 4));
        Assert.True(distances[1] is > 0 and < 2);
    }

    [Fact]
    public void The_order_of_the_points_does_not_matter()
    {
        var random = new RandomGenerator(21);
        foreach (var kind in SampleSets.Kinds)
        {
            for (var objectives = 1; objectives <= 5; objectives++)
            {
                var points = SampleSets.Create(kind, 80, objectives, random);
                var order = Enumerable.Range(0, 80).ToArray();
                random.Shuffle(order.AsSpan());
                var shuffled = order.SelectMany(i => points[(i * objectives)..((i + 1) * objectives)]).ToArray();
                double[] distances = new double[80], shuffledDistances = new double[80];
                crowding.Compute(points, objectives, distances);
                crowding.Compute(shuffled, objectives, shuffledDistances);

                // Copies aside, which take turns in being the first.
                Assert.Equal(Largest(points, distances), Largest(shuffled, shuffledDistances));

                SortedDictionary<string, double> Largest(double[] rows, double[] values)
                {
                    var largest = new SortedDictionary<string, double>(StringComparer.Ordinal);
                    for (var i = 0; i < values.Length; i++)
                    {
                        var name = string.Join(' ', rows[(i * objectives)..((i + 1) * objectives)].Select(v => v + 0.0));
                        largest[name] = Math.Max(values[i], largest.GetValueOrDefault(name));
                    }

                    return largest;
                }
            }
        }
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => crowding.Compute([1, 2, 3], 2, new double[1]));
        Assert.Throws<ArgumentException>(() => crowding.Compute([1, double.NaN], 2, new double[1]));
        Assert.Throws<ArgumentException>(() => crowding.Compute([1, double.NaN], 2, [0], new double[1]));
        Assert.Throws<ArgumentException>(() => crowding.Compute([1, 2], 2, new double[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => crowding.Compute([1, 2], 0, new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => crowding.Compute([1, 2], 2, [1], new double[1]));
    }

    [Fact]
    public void Nothing_is_allocated_once_the_buffers_have_grown()
    {
        var points = SampleSets.Create("uniform", 500, 3, new RandomGenerator(22));
        var distances = new double[500];
        int[] front = [.. Enumerable.Range(0, 250)];
        for (var pass = 0; pass < 2; pass++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            crowding.Compute(points, 3, distances);
            crowding.Compute(points, 3, front, distances);
            if (pass == 1) Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }
}
