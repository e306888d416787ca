using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>The settings that all generational algorithms share.</summary>
public abstract record EvolutionaryOptions
{
    private protected EvolutionaryOptions()
    {
    }

    /// <summary>Crossover and mutation.</summary>
    public VariationOptions Variation { get; init; } = new();

    /// <summary>Gives the first generation; <see langword="null"/> for uniformly random points of the seed.</summary>
    public ISampler? Sampling { get; init; }

    /// <summary>
    /// Whether copies are avoided: a child with the decisions of a parent or an earlier child of its generation is made again
    /// (up to 20 times), and a copy survives only when there are not enough different points. Off in the papers.
    /// </summary>
    public bool EliminateDuplicates { get; init; }

    /// <summary>The number of survivors.</summary>
    internal abstract int SizeFor(int objectiveCount);

    /// <summary>The number of children between two selections.</summary>
    internal virtual int ChildrenFor(int objectiveCount) => SizeFor(objectiveCount);

    /// <summary>Whether dominance decides in tournaments between points of equal rank and crowding.</summary>
    internal virtual bool MeetByDominance => false;

    internal abstract ISurvival CreateSurvival(int objectiveCount);

    internal virtual void Validate(DecisionSpace space, int objectiveCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectiveCount, 1);
        if (SizeFor(objectiveCount) < 2)
            throw new ArgumentException($"PopulationSize is {SizeFor(objectiveCount)}; it must be at least 2.");
        ArgumentNullException.ThrowIfNull(Variation);
        if (Sampling is not null && Sampling.Space.Count != space.Count)
        {
            throw new ArgumentException(
                $"The sampling has {Sampling.Space.Count} variables but the space has {space.Count}; create it for the same space.");
        }
    }
}
