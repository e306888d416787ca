namespace Vilfredo.Decisions;

/// <summary>
/// Scales objectives of different units to a common one: the ideal value of each becomes 0, its nadir value 1. All
/// objectives are minimised.
/// </summary>
/// <remarks>
/// An objective whose ideal and nadir are equal has no scale: it is only shifted, so that its one value becomes 0 and it has
/// no part in any choice. +Infinity stays +Infinity. Immutable and thread-safe.
/// </remarks>
public sealed class ObjectiveNormalization
{
    private readonly double[] ideal, nadir, range;

    /// <summary>Creates the scale from known bounds.</summary>
    /// <param name="ideal">The best value of each objective, finite.</param>
    /// <param name="nadir">The worst value that matters of each objective, finite, not below the ideal.</param>
    /// <exception cref="ArgumentException">The lengths differ or are 0, a value is not finite, or a nadir value is below the ideal.</exception>
    public ObjectiveNormalization(ReadOnlySpan<double> ideal, ReadOnlySpan<double> nadir)
    {
        if (ideal.IsEmpty) throw new ArgumentException("The ideal point is empty; give one value per objective.", nameof(ideal));
        PointMatrix.ValidatePoint(nadir, ideal.Length, nameof(nadir));
        this.ideal = ideal.ToArray();
        this.nadir = nadir.ToArray();
        range = new double[ideal.Length];
        for (var j = 0; j < range.Length; j++)
        {
            if (!double.IsFinite(ideal[j]) || !double.IsFinite(nadir[j]) || nadir[j] < ideal[j])
            {
                throw new ArgumentException(
                    $"Objective {j} has the ideal value {ideal[j]} and the nadir value {nadir[j]}; both are finite and the nadir is not below the ideal.",
                    nameof(nadir));
            }

            range[j] = nadir[j] == ideal[j] ? 1 : nadir[j] - ideal[j];
        }
    }

    /// <summary>The number of objectives.</summary>
    public int Objectives => ideal.Length;

    /// <summary>The best value of each objective.</summary>
    public ReadOnlySpan<double> Ideal => ideal;

    /// <summary>The worst value of each objective.</summary>
    public ReadOnlySpan<double> Nadir => nadir;

    /// <summary>The scale from the smallest and largest finite values of a set, which is best a non-dominated one.</summary>
    /// <param name="points">Row-major points.</param>
    /// <param name="objectives">Values per point.</param>
    /// <returns>The scale; an objective without a finite value has ideal and nadir 0.</returns>
    /// <exception cref="ArgumentException">The matrix has a wrong shape or a NaN.</exception>
    public static ObjectiveNormalization FromPoints(ReadOnlySpan<double> points, int objectives)
    {
        PointMatrix.Validate(points, objectives);
        double[] lowest = new double[objectives], highest = new double[objectives];
        Array.Fill(lowest, double.PositiveInfinity);
        Array.Fill(highest, double.NegativeInfinity);
        for (var i = 0; i < points.Length; i++)
        {
            if (!double.IsFinite(points[i])) continue;
            lowest[i % objectives] = Math.Min(lowest[i % objectives], points[i]);
            highest[i % objectives] = Math.Max(highest[i % objectives], points[i]);
        }

        for (var j = 0; j < objectives; j++)
        {
            if (lowest[j] > highest[j]) lowest[j] = highest[j] = 0;
        }

        return new(lowest, highest);
    }

    /// <summary>Whether an objective has one value only, so that it cannot tell points apart.</summary>
    public bool IsConstant(int objective) => ideal[objective] == nadir[objective];

    /// <summary>The difference of nadir and ideal; 1 for a constant objective.</summary>
    public double Range(int objective) => range[objective];

    /// <summary>Scales one value.</summary>
    public double Normalize(int objective, double value) => (value - ideal[objective]) / range[objective];

    /// <summary>The value that was scaled.</summary>
    public double Denormalize(int objective, double value) => ideal[objective] + value * range[objective];

    /// <summary>Scales a matrix.</summary>
    /// <param name="points">Row-major points, <see cref="Objectives"/> values per point.</param>
    /// <returns>A new matrix of the same shape.</returns>
    /// <exception cref="ArgumentException">The matrix has a wrong shape or a NaN.</exception>
    public double[] Normalize(ReadOnlySpan<double> points)
    {
        PointMatrix.Validate(points, Objectives);
        var scaled = new double[points.Length];
        for (var i = 0; i < points.Length; i++) scaled[i] = Normalize(i % Objectives, points[i]);
        return scaled;
    }
}
