using Vilfredo.Indicators;

namespace Vilfredo.Archives;

/// <summary>At most so many non-dominated points: when one more is found, the one least worth keeping leaves. All objectives are minimized.</summary>
/// <typeparam name="T">What is kept with a point.</typeparam>
/// <remarks>
/// Truncation by hypervolume never lets the archive's hypervolume fall; truncation by crowding or by a grid can forget a
/// point that dominated one it takes later. The cost of an insertion into a full archive is that of the crowding distances,
/// O(d n), or of <see cref="Hypervolume.LeastContributor"/> of its points.
/// </remarks>
public sealed class BoundedArchive<T>
{
    private readonly ParetoArchive<T> archive;
    private readonly TruncationRule rule;
    private bool truncatedNewest;

    /// <summary>Creates an empty archive that is truncated by crowding.</summary>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="capacity">The most points it keeps, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public BoundedArchive(int objectives, int capacity)
        : this(objectives, capacity, ArchiveTruncation.Crowding)
    {
    }

    /// <summary>Creates an empty archive that is truncated by crowding or by a grid.</summary>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="capacity">The most points it keeps, at least 1.</param>
    /// <param name="truncation"><see cref="ArchiveTruncation.Crowding"/> or <see cref="ArchiveTruncation.AdaptiveGrid"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or the truncation needs more than its name.</exception>
    public BoundedArchive(int objectives, int capacity, ArchiveTruncation truncation)
        : this(objectives, capacity, truncation, truncation switch
        {
            ArchiveTruncation.Crowding => new LeastCrowded().Choose,
            ArchiveTruncation.AdaptiveGrid => new FullestCell(capacity).Choose,
            _ => throw new ArgumentOutOfRangeException(
                nameof(truncation), truncation, "Give Crowding or AdaptiveGrid; truncation by hypervolume takes a reference point, and a rule is passed as such."),
        })
    {
    }

    /// <summary>Creates an empty archive that is truncated by hypervolume contribution.</summary>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="capacity">The most points it keeps, at least 1.</param>
    /// <param name="reference">The finite reference point. Points beyond it contribute nothing and leave first.</param>
    /// <exception cref="ArgumentException">The reference point has a wrong length or a value that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public BoundedArchive(int objectives, int capacity, ReadOnlySpan<double> reference)
        : this(objectives, capacity, ArchiveTruncation.HypervolumeContribution, LeastContributor(reference.ToArray()))
    {
        PointMatrix.ValidatePoint(reference, objectives, nameof(reference));
        foreach (var value in reference)
        {
            if (!double.IsFinite(value))
                throw new ArgumentException($"reference: a value is {value}; give a finite reference point.", nameof(reference));
        }
    }

    /// <summary>Creates an empty archive that is truncated by a rule of the caller's.</summary>
    /// <param name="objectives">Values per point, at least 1.</param>
    /// <param name="capacity">The most points it keeps, at least 1.</param>
    /// <param name="rule">Names the point that leaves.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public BoundedArchive(int objectives, int capacity, TruncationRule rule)
        : this(objectives, capacity, ArchiveTruncation.Rule, rule)
    {
    }

    private BoundedArchive(int objectives, int capacity, ArchiveTruncation truncation, TruncationRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        archive = new ParetoArchive<T>(objectives);
        Capacity = capacity;
        Truncation = truncation;
        this.rule = rule;
    }

    /// <summary>The most points it keeps.</summary>
    public int Capacity { get; }

    /// <summary>Which point leaves.</summary>
    public ArchiveTruncation Truncation { get; }

    /// <summary>How many points are in the archive.</summary>
    public int Count => archive.Count;

    /// <summary>The points, row-major; with two objectives in the order of the first. Valid until the next change.</summary>
    public ReadOnlySpan<double> Points => archive.Points;

    /// <summary>What was given with the points, in their order.</summary>
    public IReadOnlyList<T> Tags => archive.Tags;

    /// <summary>What was given with the points that left at the last <see cref="Add"/>, the offered one aside. Valid until the next change.</summary>
    public ReadOnlySpan<T> Evicted => truncatedNewest ? archive.Evicted[..^1] : archive.Evicted;

    /// <summary>Offers a point; the ones that it dominates leave, and when there are too many the one least worth keeping.</summary>
    /// <returns><see cref="ArchiveInsertion.Truncated"/> when the point itself was least worth keeping.</returns>
    /// <exception cref="ArgumentException">The length is wrong or a value is NaN. The archive is unchanged.</exception>
    /// <exception cref="InvalidOperationException">The rule named a point that does not exist. The archive is unchanged.</exception>
    public ArchiveInsertion Add(ReadOnlySpan<double> point, T tag)
    {
        truncatedNewest = false;
        var insertion = archive.Insert(point, tag, out var place);
        if (archive.Count <= Capacity) return insertion;

        var least = rule(archive.Points, archive.Objectives);
        var exists = (uint)least < (uint)archive.Count;
        truncatedNewest = !exists || least == place;
        archive.RemoveAt(exists ? least : place);
        if (!exists)
            throw new InvalidOperationException($"The truncation rule named point {least} of {Capacity + 1}; it must return the index of a point.");
        return truncatedNewest ? ArchiveInsertion.Truncated : insertion;
    }

    /// <summary>Removes all points.</summary>
    public void Clear()
    {
        truncatedNewest = false;
        archive.Clear();
    }

    private static TruncationRule LeastContributor(double[] reference) =>
        (points, objectives) => Hypervolume.LeastContributor(points, objectives, reference);
}
