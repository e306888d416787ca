using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Vilfredo.Sorting;
using Vilfredo.Statistics;

namespace Vilfredo;

/// <summary>Measured points and which of them no other dominates. Configurations keep their identity throughout.</summary>
/// <remarks>
/// Immutable. Both lists run from the best to the worst value of the first objective, then of the second and so on, then by
/// configuration: the order does not depend on the order of the input. Points with equal values do not dominate each other,
/// so all of them stay. JSON (<see cref="ToJson"/>) keeps objectives with directions and units, samples and costs, and
/// round-trips to the last bit.
/// </remarks>
[JsonConverter(typeof(FrontierJsonConverter))]
public sealed class Frontier : IEquatable<Frontier>
{
    private readonly Objective[] objectives;
    private readonly Dictionary<ConfigurationKey, (MeasuredPoint Point, bool IsNonDominated)> byConfiguration = [];

    /// <summary>Creates a frontier.</summary>
    /// <param name="objectives">At least one, with different names.</param>
    /// <param name="points">Points of as many values, each configuration once; see <see cref="MeasuredPoint.Pool"/> for repeats.</param>
    /// <exception cref="ArgumentException">
    /// There is no objective or a name occurs twice; a configuration occurs twice, or a point has another number of values.
    /// </exception>
    public Frontier(IEnumerable<Objective> objectives, IEnumerable<MeasuredPoint> points)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        ArgumentNullException.ThrowIfNull(points);
        this.objectives = [.. objectives];
        CheckObjectives(this.objectives);

        MeasuredPoint[] all = [.. points];
        foreach (var point in all) CheckPoint(point);
        var keys = Array.ConvertAll(all, Minimized);
        Array.Sort(keys, all, Comparer<double[]>.Create(CompareRows));
        SortTiesByConfiguration(keys, all);

        var kept = NonDominatedFilter.Indices([.. keys.SelectMany(key => key)], this.objectives.Length, keepDuplicates: true).ToHashSet();
        NonDominated = [.. all.Where((_, i) => kept.Contains(i))];
        Dominated = [.. all.Where((_, i) => !kept.Contains(i))];
        for (var i = 0; i < all.Length; i++)
        {
            if (!byConfiguration.TryAdd(all[i].Configuration, (all[i], kept.Contains(i))))
            {
                throw new ArgumentException(
                    $"The configuration '{all[i].Configuration}' occurs twice; pool its measurements into one point.", nameof(points));
            }
        }
    }

    /// <summary>The objectives, in the order of the points' values.</summary>
    public IReadOnlyList<Objective> Objectives => objectives;

    /// <summary>The points that no other dominates.</summary>
    public IReadOnlyList<MeasuredPoint> NonDominated { get; }

    /// <summary>The points that another dominates.</summary>
    public IReadOnlyList<MeasuredPoint> Dominated { get; }

    /// <summary>All points: the non-dominated ones, then the dominated ones.</summary>
    public IEnumerable<MeasuredPoint> Points => NonDominated.Concat(Dominated);

    /// <summary>The number of all points.</summary>
    public int Count => byConfiguration.Count;

    /// <summary>The point of a configuration.</summary>
    /// <exception cref="KeyNotFoundException">The configuration was not measured.</exception>
    public MeasuredPoint this[ConfigurationKey configuration] => TryGet(configuration, out var point)
        ? point
        : throw new KeyNotFoundException($"The configuration '{configuration}' is not among the {Count} that were measured.");

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a frontier; the message says where and why.</exception>
    public static Frontier FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return FrontierJson.Read(json);
    }

    /// <summary>Gets the point of a configuration if it was measured.</summary>
    public bool TryGet(ConfigurationKey configuration, [NotNullWhen(true)] out MeasuredPoint? point)
    {
        var found = byConfiguration.TryGetValue(configuration, out var entry);
        point = found ? entry.Point : null;
        return found;
    }

    /// <summary>Whether a configuration was measured and no other dominates it.</summary>
    public bool IsNonDominated(ConfigurationKey configuration) =>
        byConfiguration.TryGetValue(configuration, out var entry) && entry.IsNonDominated;

    /// <summary>The values of the non-dominated points as a row-major matrix to be minimised, in their order.</summary>
    public double[] ToMinimization() => [.. NonDominated.SelectMany(Minimized)];

    /// <summary>
    /// The frontier of the points of both. A configuration that both hold is one point: if the measurements are the same they
    /// count once, otherwise they are pooled.
    /// </summary>
    /// <exception cref="ArgumentException">The objectives differ.</exception>
    public Frontier Merge(Frontier other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!objectives.SequenceEqual(other.objectives))
        {
            throw new ArgumentException(
                $"Frontiers merge when their objectives agree in name, direction, unit and order; these have {Describe(objectives)} and "
                + $"{Describe(other.objectives)}.", nameof(other));
        }

        var points = Points.ToDictionary(point => point.Configuration);
        foreach (var point in other.Points)
        {
            if (!points.TryGetValue(point.Configuration, out var mine)) points.Add(point.Configuration, point);
            else if (!mine.Equals(point)) points[point.Configuration] = mine.Pool(point);
        }

        return new Frontier(objectives, points.Values);
    }

    /// <summary>What the samples say of the noise; indices are those of <see cref="Points"/>.</summary>
    /// <param name="random">Draws the resamples.</param>
    /// <param name="options">The number of resamples and the model of the noise; <see langword="null"/> for the defaults.</param>
    public FrontierUnderNoise UnderNoise(RandomGenerator random, FrontierUnderNoiseOptions? options = null)
    {
        double[][] samples = [.. Points.Select(point =>
            point.Samples.Select((value, i) => objectives[i % objectives.Length].ToMinimization(value)).ToArray())];
        return FrontierUnderNoise.Estimate(samples, objectives.Length, random, options);
    }

    /// <summary>The frontier as JSON, to the last bit.</summary>
    /// <param name="indented">Whether to lay it out for readers.</param>
    public string ToJson(bool indented = false) => FrontierJson.Write(this, indented);

    /// <summary>Whether both have the same objectives and the same points.</summary>
    public bool Equals(Frontier? other) => other is not null && objectives.SequenceEqual(other.objectives) && Points.SequenceEqual(other.Points);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Frontier);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(objectives.Length, Count, NonDominated.Count > 0 ? NonDominated[0] : null);

    private static void CheckObjectives(Objective[] objectives)
    {
        if (objectives.Length == 0) throw new ArgumentException("A frontier has at least one objective.", nameof(objectives));
        foreach (var group in objectives.GroupBy(objective => objective.Name, StringComparer.Ordinal))
        {
            if (group.Count() > 1)
                throw new ArgumentException($"The objective '{group.Key}' occurs {group.Count()} times; give each its own name.", nameof(objectives));
        }
    }

    private void CheckPoint(MeasuredPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        if (point.Values.Length != objectives.Length)
        {
            throw new ArgumentException(
                $"The point of '{point.Configuration}' has {point.Values.Length} values but there are {objectives.Length} objectives; "
                + "give one value per objective.", nameof(point));
        }
    }

    private double[] Minimized(MeasuredPoint point) => [.. point.Values.Select((value, k) => objectives[k].ToMinimization(value))];

    private static int CompareRows(double[] a, double[] b)
    {
        for (var k = 0; k < a.Length; k++)
        {
            var order = a[k].CompareTo(b[k]);
            if (order != 0) return order;
        }

        return 0;
    }

    private static void SortTiesByConfiguration(double[][] keys, MeasuredPoint[] points)
    {
        for (var start = 0; start < points.Length;)
        {
            var end = start + 1;
            while (end < points.Length && CompareRows(keys[start], keys[end]) == 0) end++;
            points.AsSpan(start, end - start).Sort((a, b) => string.CompareOrdinal(a.Configuration.Text, b.Configuration.Text));
            start = end;
        }
    }

    private static string Describe(Objective[] objectives) =>
        string.Join(", ", objectives.Select(o => $"{(o.Direction == Direction.Minimize ? "min" : "max")} {o.Label}"));
}
