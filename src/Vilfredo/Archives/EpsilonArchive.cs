using Vilfredo.Sorting;

namespace Vilfredo.Archives;

/// <summary>
/// A set that ε-dominates every point offered and whose size is bounded by the range of the objectives over ε (Laumanns,
/// Thiele, Deb and Zitzler, "Combining convergence and diversity in evolutionary multiobjective optimization",
/// Evolutionary Computation 10(3), 2002, algorithm 3, additive form). All objectives are minimized.
/// </summary>
/// <typeparam name="T">What is kept with a point.</typeparam>
/// <remarks>
/// Space is divided into boxes of side ε. A point whose box is dominated by another's is refused; of two points in one box
/// the dominating one stays, else the one nearer to the box's lower corner, in ε.
/// </remarks>
public sealed class EpsilonArchive<T>
{
    private readonly double[] epsilon;
    private readonly double[] box;
    private readonly DominanceIndex<(double[] Point, T Tag)> boxes;
    private readonly List<T> evicted = [];

    /// <summary>Creates an empty archive.</summary>
    /// <param name="epsilon">The side of a box in each objective, finite and above 0.</param>
    /// <exception cref="ArgumentException">There is no objective, or a side is not finite and above 0.</exception>
    public EpsilonArchive(ReadOnlySpan<double> epsilon)
    {
        if (epsilon.IsEmpty) throw new ArgumentException("epsilon is empty; give the precision wanted in each objective, at least one.", nameof(epsilon));
        foreach (var side in epsilon)
        {
            if (!(side > 0) || !double.IsFinite(side))
                throw new ArgumentException($"epsilon: {side} is not a finite number above 0; give the precision wanted in each objective.", nameof(epsilon));
        }

        this.epsilon = epsilon.ToArray();
        box = new double[epsilon.Length];
        boxes = new DominanceIndex<(double[], T)>(epsilon.Length);
    }

    /// <summary>How many points are in the archive.</summary>
    public int Count => boxes.Count;

    /// <summary>The points with what was given with them.</summary>
    public IEnumerable<(ReadOnlyMemory<double> Point, T Tag)> Items
    {
        get
        {
            for (var i = 0; i < boxes.Count; i++)
            {
                var (point, tag) = boxes.Tags[i];
                yield return (point, tag);
            }
        }
    }

    /// <summary>What was given with the points that left at the last <see cref="Add"/>. Changes with the next.</summary>
    public IReadOnlyList<T> Evicted => evicted;

    /// <summary>Offers a point.</summary>
    /// <param name="point">One finite value per objective, to be minimized.</param>
    /// <param name="tag">What to keep with it.</param>
    /// <exception cref="ArgumentException">The length is wrong or a value is not finite. The archive is unchanged.</exception>
    public ArchiveInsertion Add(ReadOnlySpan<double> point, T tag)
    {
        PointMatrix.ValidatePoint(point, epsilon.Length, nameof(point));
        for (var k = 0; k < box.Length; k++)
        {
            if (!double.IsFinite(point[k])) throw new ArgumentException($"point: value {k} is {point[k]}; an ε-archive takes finite values.", nameof(point));
            box[k] = Math.Floor(point[k] / epsilon[k]);
        }

        evicted.Clear();
        var insertion = boxes.Add(box, default, out var place);
        switch (insertion)
        {
            case ArchiveInsertion.Duplicate:
                return Share(place, point, tag);
            case ArchiveInsertion.Added:
                boxes.Tags[place] = (point.ToArray(), tag);
                foreach (var (_, gone) in boxes.Evicted)
                    evicted.Add(gone);
                return insertion;
            default:
                return insertion;
        }
    }

    /// <summary>Decides between a point and the one that has its box.</summary>
    private ArchiveInsertion Share(int place, ReadOnlySpan<double> point, T tag)
    {
        var (present, presentTag) = boxes.Tags[place];
        var relation = Dominance.Compare(point, present);
        if (relation == DominanceRelation.Equal) return ArchiveInsertion.Duplicate;
        if (relation == DominanceRelation.DominatedBy || (relation == DominanceRelation.Incomparable && Distance(point, box) >= Distance(present, box)))
            return ArchiveInsertion.Dominated;
        evicted.Add(presentTag);
        boxes.Tags[place] = (point.ToArray(), tag);
        return ArchiveInsertion.Added;
    }

    private double Distance(ReadOnlySpan<double> point, double[] box)
    {
        double sum = 0;
        for (var k = 0; k < box.Length; k++)
        {
            var offset = point[k] / epsilon[k] - box[k];
            sum += offset * offset;
        }

        return sum;
    }
}
