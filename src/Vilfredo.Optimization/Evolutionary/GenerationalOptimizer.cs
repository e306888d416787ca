namespace Vilfredo.Optimization.Evolutionary;

/// <summary>An optimiser that asks and tells one <see cref="IGeneration"/> after the other.</summary>
/// <remarks>
/// A child told is known by its decisions; a point that was never asked for, or in an earlier generation, counts as none of the generation's
/// children. When as many points are told as there are children, the next generation begins. Asking for more gives further children.
/// </remarks>
public abstract class GenerationalOptimizer : IOptimizer
{
    private readonly Dictionary<ulong, long> asked = [];
    private readonly List<long> indices = [];
    private IGeneration generation;
    private Population told;
    private long next;

    private protected GenerationalOptimizer(DecisionSpace space, IGeneration first)
    {
        Space = space;
        generation = first;
        told = NoneTold();
    }

    /// <inheritdoc/>
    public DecisionSpace Space { get; }

    /// <inheritdoc/>
    public int ObjectiveCount => generation.Parents.ObjectiveCount;

    /// <inheritdoc/>
    public int ConstraintCount => generation.Parents.ConstraintCount;

    /// <summary>The number of children of a generation.</summary>
    public int BatchSize => generation.PopulationSize;

    /// <summary>The number of completed generations.</summary>
    public long Generation => generation.Number;

    /// <summary>The points kept of the completed generations and of the children told since.</summary>
    public Population Population => told.Count == 0 ? generation.Parents.Copy() : generation.Next(told, indices.ToArray()).Parents;

    /// <inheritdoc/>
    public int Ask(Span<double> decisions)
    {
        var n = Space.Count;
        var rows = Space.RowsOf(decisions, nameof(decisions));
        for (var row = 0; row < rows; row++)
        {
            var child = decisions.Slice(row * n, n);
            generation.Propose(next, child);
            asked.TryAdd(GenomeSet.Hash(child), next++);
        }

        return rows;
    }

    /// <inheritdoc/>
    public void Tell(ReadOnlySpan<double> decisions, ReadOnlySpan<double> objectives, ReadOnlySpan<double> constraints)
    {
        var count = Evaluation.ValidateTold(this, decisions, objectives, constraints);
        var (n, m, k) = (Space.Count, ObjectiveCount, ConstraintCount);
        for (var i = 0; i < count; i++)
        {
            var x = decisions.Slice(i * n, n);
            told.Add(x, objectives.Slice(i * m, m), constraints.Slice(i * k, k));
            indices.Add(asked.Remove(GenomeSet.Hash(x), out var index) ? index : -1);
            if (told.Count < generation.PopulationSize) continue;
            generation = generation.Next(told, indices.ToArray());
            told = NoneTold();
            indices.Clear();
            asked.Clear();
            next = 0;
        }
    }

    private Population NoneTold() => new(Space.Count, ObjectiveCount, ConstraintCount);
}
