namespace Vilfredo.Reproductions;

/// <summary>The measurements of a run, by method, setting, seed and name. Immutable.</summary>
public sealed class RunResults
{
    private readonly Dictionary<RunUnit, UnitResult> byUnit;

    /// <summary>Creates the results of a run.</summary>
    /// <param name="scale">The scale of the run.</param>
    /// <param name="results">One result per unit.</param>
    /// <exception cref="ArgumentException">There is no result, or a unit occurs twice.</exception>
    public RunResults(Scale scale, IEnumerable<UnitResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        Scale = scale;
        Results = [.. results];
        if (Results.Count == 0) throw new ArgumentException("A run has at least one result.", nameof(results));
        byUnit = Results.ToDictionary(result => result.Unit);
        Seeds = [.. Results.Select(result => result.Unit.Seed).Distinct().Order()];
    }

    /// <summary>The scale of the run.</summary>
    public Scale Scale { get; }

    /// <summary>All results.</summary>
    public IReadOnlyList<UnitResult> Results { get; }

    /// <summary>The seeds, ascending.</summary>
    public IReadOnlyList<int> Seeds { get; }

    /// <summary>A measured value.</summary>
    /// <exception cref="MissingMeasurementException">The run has no such unit, or the unit no such value.</exception>
    public double Value(string method, string setting, int seed, string metric)
    {
        var unit = new RunUnit(method, setting, seed);
        return byUnit.TryGetValue(unit, out var result)
            ? result.Value(metric)
            : throw new MissingMeasurementException($"{unit} is not part of the scale {Scale.ToName()}");
    }

    /// <summary>A value of a method and setting, over the seeds in ascending order.</summary>
    /// <exception cref="MissingMeasurementException">A seed lacks it.</exception>
    public double[] OverSeeds(Selection selection) =>
        [.. Seeds.Select(seed => Value(selection.Method, selection.Setting, seed, selection.Metric))];

    /// <summary>The points of all methods and settings on a study's two objectives: means over seeds, each seed a sample.</summary>
    public Frontier Frontier(IReadOnlyList<Objective> objectives)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        var points = Results.GroupBy(result => (result.Unit.Method, result.Unit.Setting)).Select(group => MeasuredPoint.FromSamples(
            Configuration(group.Key.Method, group.Key.Setting),
            [.. group.SelectMany(result => objectives.Select(o => result.Value(o.Name)))],
            objectives.Count));
        return new Frontier(objectives, points);
    }

    /// <summary>The identity of a method and setting on the frontier.</summary>
    public static ConfigurationKey Configuration(string method, string setting) => setting.Length > 0
        ? ConfigurationKey.Of(("method", method), ("setting", setting))
        : ConfigurationKey.Of(("method", method));
}
