using Vilfredo.Indicators;

namespace Vilfredo.Studies;

/// <summary>The hypervolume of a study's frontier as results come in.</summary>
public sealed class HypervolumeProgress
{
    private readonly IReadOnlyList<Objective> objectives;
    private readonly IncrementalHypervolume hypervolume;

    /// <summary>Starts to follow a frontier.</summary>
    /// <param name="objectives">The objectives.</param>
    /// <param name="reference">The reference point in the user's direction: points not better in every objective count nothing.</param>
    public HypervolumeProgress(IReadOnlyList<Objective> objectives, IReadOnlyList<double> reference)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        ArgumentNullException.ThrowIfNull(reference);
        this.objectives = objectives;
        Reference = reference;
        hypervolume = new IncrementalHypervolume(objectives.Count, [.. reference.Select((v, k) => objectives[k].ToMinimization(v))]);
    }

    /// <summary>The reference point in the user's direction.</summary>
    public IReadOnlyList<double> Reference { get; }

    /// <summary>The hypervolume of all points so far, in the product of the objectives' units.</summary>
    public double Value => hypervolume.Value;

    /// <summary>Adds a point in the user's direction and returns what it gained.</summary>
    public double Add(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return hypervolume.Add([.. values.Select((v, k) => objectives[k].ToMinimization(v))]);
    }

    /// <summary>
    /// The reference point that a study's points suggest: the worst value of each objective over all of them, and a tenth
    /// of the range beyond, so that the ends of the frontier count too.
    /// </summary>
    /// <returns><see langword="null"/> when there is no point.</returns>
    public static double[]? Suggest(IReadOnlyList<Objective> objectives, IEnumerable<double[]> points)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        var rows = points.ToArray();
        if (rows.Length == 0) return null;
        var reference = new double[objectives.Count];
        for (var k = 0; k < reference.Length; k++)
        {
            var (best, worst) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var row in rows)
            {
                var value = objectives[k].ToMinimization(row[k]);
                (best, worst) = (Math.Min(best, value), Math.Max(worst, value));
            }

            var margin = worst > best ? 0.1 * (worst - best) : Math.Max(1, Math.Abs(worst)) * 0.1;
            reference[k] = objectives[k].ToMinimization(worst + margin);
        }

        return reference;
    }
}
