namespace Vilfredo.Optimization.Problems;

/// <summary>The multi-objective travelling salesman: one tour through all cities, whose length is measured on several maps.</summary>
/// <remarks>
/// <para>On each map the cities are random points of the unit square. A tour is given by random keys (Bean 1994): a number in [0, 1] for each city but the first, and
/// cities are visited after the first in the order of their numbers: the space is one <see cref="DecisionOrder"/>, on which permutation operators work as a whole, and
/// those for real variables too.</para>
/// <para>Source: T. Lust, J. Teghem, "The multiobjective traveling salesman problem: a survey and a new approach", 2010; J. C. Bean, "Genetic algorithms and
/// random keys for sequencing and optimization", ORSA Journal on Computing 6(2), 1994.</para>
/// </remarks>
public sealed class TravelingSalesman : CombinatorialProblem
{
    private const int SmallCount = 8;

    private readonly double[][] distances; // per map, from city to city

    /// <summary>Creates an instance.</summary>
    /// <param name="cities">The number of cities, at least 3; the front is known up to 8.</param>
    /// <param name="maps">The number of maps, which are the objectives; at least 1.</param>
    /// <param name="seed">The same seed gives the same instance.</param>
    public TravelingSalesman(int cities = 30, int maps = 2, ulong seed = 1)
        : base(
            "TravelingSalesman",
            "T. Lust, J. Teghem, \"The multiobjective traveling salesman problem: a survey and a new approach\", Advances in Multi-Objective Nature Inspired Computing, Springer, 2010",
            DecisionSpace.Permutation(CheckedKeys(cities)),
            maps,
            0,
            cities <= SmallCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maps, 1);
        if ((cities, maps, seed) == (30, 2, 1)) (IdealPoint, NadirPoint) = ([4.472087758409153, 4.274815008431738], [13.576107249438794, 13.489021431872208]);
        var random = new RandomGenerator(seed);
        distances = new double[maps][];
        for (var map = 0; map < maps; map++)
        {
            (double X, double Y)[] places = [.. Enumerable.Range(0, cities).Select(_ => (random.NextDouble(), random.NextDouble()))];
            distances[map] = new double[cities * cities];
            for (var a = 0; a < cities; a++)
            {
                for (var b = 0; b < cities; b++)
                    distances[map][a * cities + b] = Math.Sqrt(Math.Pow(places[a].X - places[b].X, 2) + Math.Pow(places[a].Y - places[b].Y, 2));
            }
        }
    }

    /// <summary>The distance between two cities on a map.</summary>
    public double DistanceOf(int map, int from, int to) => distances[map][from * (Space.Count + 1) + to];

    /// <summary>The tour that keys stand for, from city 0; equal keys in the order of the cities.</summary>
    /// <exception cref="ArgumentException">There is not one key for each city but the first.</exception>
    public int[] TourOf(ReadOnlySpan<double> keys)
    {
        Space.CheckPoint(keys, nameof(keys));
        var tour = new int[keys.Length + 1];
        Space.Orders[0].Read(keys, tour.AsSpan(1));
        for (var i = 1; i < tour.Length; i++) tour[i]++;
        return tour;
    }

    private protected override void EvaluatePoint(ReadOnlySpan<double> x, Span<double> f, Span<double> g)
    {
        var tour = TourOf(x);
        for (var map = 0; map < f.Length; map++)
        {
            f[map] = DistanceOf(map, tour[^1], tour[0]);
            for (var i = 1; i < tour.Length; i++) f[map] += DistanceOf(map, tour[i - 1], tour[i]);
        }
    }

    // Every order of the keys, by exchanging (Heap's algorithm).
    private protected override IEnumerable<double[]> Decisions()
    {
        var n = Space.Count;
        var keys = new double[n];
        for (var i = 0; i < n; i++) keys[i] = (double)i / n;
        var counters = new int[n];
        yield return keys;
        for (var i = 1; i < n;)
        {
            if (counters[i] == i)
            {
                counters[i++] = 0;
                continue;
            }

            var other = i % 2 == 0 ? 0 : counters[i];
            (keys[other], keys[i]) = (keys[i], keys[other]);
            counters[i]++;
            i = 1;
            yield return keys;
        }
    }

    private static int CheckedKeys(int cities)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cities, 3);
        return cities - 1;
    }
}
