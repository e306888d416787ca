using Vilfredo.Indicators;
using Vilfredo.Sorting;

namespace Vilfredo.Archives;

/// <summary>At most so many non-dominated points: when one more is found, the one least worth keeping leaves. All objectives are minimised.</summary>
/// <typeparam name="T">What is kept with a point.</typeparam>
/// <remarks>
/// Truncation by hypervolume never lets the archive's hypervolume fall; truncation by crowding can forget a point that
/// dominated one it takes later. The cost of an insertion into a full archive is that of the crowding distances or of
/// <see cref="Hypervolume.LeastContributor"/> of its points.
/// </remarks>
public sealed class BoundedArchive<T>
{
    private readonly ParetoArchive<T> archive;
    private readonly CrowdingDistance crowding = new();
    private readonly double[] reference;
    private readonly double[] distances;

    /// <summary>Creates an empty archive that is truncated by crowding.</summary>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="capacity">The most points it keeps, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public BoundedArchive(int objectives, int capacity)
        : this(objectives, capacity, ArchiveTruncation.Crowding, [])
    {
    }

    /// <summary>Creates an empty archive that is truncated by hypervolume contribution.</summary>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="capacity">The most points it keeps, at least 1.</param>
    /// <param name="reference">The finite reference point. Points beyond it contribute nothing and leave first.</param>
    /// <exception cref="ArgumentException">The reference point has a wrong length or a value that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public BoundedArchive(int objectives, int capacity, ReadOnlySpan<double> reference)
        : this(objectives, capacity, ArchiveTruncation.HypervolumeContribution, reference.ToArray())
    {
        PointMatrix.ValidatePoint(reference, objectives, nameof(reference));
    }

    private BoundedArchive(int objectives, int capacity, ArchiveTruncation truncation, double[] reference)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        archive = new ParetoArchive<T>(objectives);
        Capacity = capacity;
        Truncation = truncation;
        this.reference = reference;
        distances = new double[capacity + 1];
    }

    /// <summary>The most points it keeps.</summary>
    public int Capacity { get; }

    /// <summary>Which point leaves.</summary>
    public ArchiveTruncation Truncation { get; }

    /// <summary>How many points are in the archive.</summary>
    public int Count => archive.Count;

    /// <summary>The points, row-major. Valid until the next change.</summary>
    public ReadOnlySpan<double> Points => archive.Points;

    /// <summary>What was given with the points, in their order.</summary>
    public IReadOnlyList<T> Tags => archive.Tags;

    /// <summary>Offers a point; the ones that it dominates leave, and when there are too many the one least worth keeping.</summary>
    /// <returns><see cref="ArchiveInsertion.Truncated"/> when the point itself was least worth keeping.</returns>
    /// <exception cref="ArgumentException">The length is wrong or a value is NaN. The archive is unchanged.</exception>
    public ArchiveInsertion Add(ReadOnlySpan<double> point, T tag)
    {
        var insertion = archive.Add(point, tag);
        if (archive.Count <= Capacity) return insertion;
        var least = Truncation == ArchiveTruncation.Crowding ? MostCrowded() : Hypervolume.LeastContributor(archive.Points, archive.Objectives, reference);
        var isPoint = archive[least].SequenceEqual(point);
        archive.RemoveAt(least);
        return isPoint ? ArchiveInsertion.Truncated : ArchiveInsertion.Added;
    }

    private int MostCrowded()
    {
        crowding.Compute(archive.Points, archive.Objectives, distances.AsSpan(0, archive.Count));
        var least = 0;
        for (var i = 1; i < archive.Count; i++)
        {
            if (distances[i] < distances[least]) least = i;
        }

        return least;
    }
}
