namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// The parents of an evolutionary algorithm and the children told so far, as one structure of arrays: parents first, children behind. Fixed
/// size, so nothing is allocated as generations go by.
/// </summary>
internal sealed class EvolutionaryPool
{
    private readonly int variableCount;
    private readonly int populationSize;
    private readonly double[] decisions;
    private readonly double[] objectives;
    private readonly double[] constraints;
    private readonly double[] violations;
    private readonly ISurvival survival;
    private readonly ulong seed;
    private readonly GenomeSet? genomes;
    private readonly bool[] isCopy;
    private readonly bool[] slotTaken;
    private readonly int[] survivors;
    private readonly int[] survivorRanks;
    private readonly double[] survivorCrowding;
    private readonly int[] ranks;
    private readonly double[] crowding;
    private readonly int[] survivorNiches;
    private readonly int[] niches;
    private bool hasNiches;
    private int count;
    private ulong selections;

    public EvolutionaryPool(int variableCount, int objectiveCount, int constraintCount, ulong seed, EvolutionaryOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectiveCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(constraintCount);
        this.variableCount = variableCount;
        this.seed = seed;
        populationSize = options.SizeFor(objectiveCount);
        ChildCount = options.ChildrenFor(objectiveCount);
        ObjectiveCount = objectiveCount;
        ConstraintCount = constraintCount;
        var capacity = populationSize + ChildCount;
        decisions = new double[capacity * variableCount];
        objectives = new double[capacity * objectiveCount];
        constraints = new double[capacity * constraintCount];
        violations = new double[capacity];
        survival = options.CreateSurvival(objectiveCount);
        genomes = options.EliminateDuplicates ? new GenomeSet() : null;
        isCopy = new bool[capacity];
        slotTaken = new bool[populationSize];
        survivors = new int[populationSize];
        survivorRanks = new int[populationSize];
        survivorCrowding = new double[populationSize];
        ranks = new int[populationSize];
        crowding = new double[populationSize];
        survivorNiches = new int[populationSize];
        niches = new int[populationSize];
    }

    public int ObjectiveCount { get; }

    public int ConstraintCount { get; }

    public int ParentCount { get; private set; }

    /// <summary>The number of children until the generation is complete.</summary>
    public int Missing => (ParentCount == 0 ? populationSize : ChildCount) - (count - ParentCount);

    /// <summary>The number of children of a generation after the first, which is a whole population.</summary>
    public int ChildCount { get; }

    public ReadOnlySpan<int> Ranks => ranks.AsSpan(0, ParentCount);

    public ReadOnlySpan<double> Crowding => crowding.AsSpan(0, ParentCount);

    /// <summary>The objectives of the parents, one row each.</summary>
    public ReadOnlySpan<double> ParentObjectives => objectives.AsSpan(0, ParentCount * ObjectiveCount);

    /// <summary>The niche of each parent, or nothing when there are none; see <see cref="ISurvival.Niches"/>.</summary>
    public ReadOnlySpan<int> Niches => hasNiches ? niches.AsSpan(0, ParentCount) : default;

    public ReadOnlySpan<double> Parent(int index) => decisions.AsSpan(index * variableCount, variableCount);

    /// <summary>Adds children, as many as are <see cref="Missing"/> or fewer.</summary>
    public void Add(ReadOnlySpan<double> x, ReadOnlySpan<double> f, ReadOnlySpan<double> g)
    {
        x.CopyTo(decisions.AsSpan(count * variableCount));
        f.CopyTo(objectives.AsSpan(count * ObjectiveCount));
        g.CopyTo(constraints.AsSpan(count * ConstraintCount));
        var added = x.Length / variableCount;
        for (var i = 0; ConstraintCount > 0 && i < added; i++)
            violations[count + i] = Population.ViolationOf(g.Slice(i * ConstraintCount, ConstraintCount));
        count += added;
    }

    /// <summary>Makes the survivors of parents and children the parents.</summary>
    public void Select()
    {
        var selected = SelectSurvivors(survival);
        hasNiches = survival.Niches(
            objectives.AsSpan(0, count * ObjectiveCount),
            ConstraintCount > 0 ? violations.AsSpan(0, count) : default,
            survivors.AsSpan(0, selected),
            survivorNiches);
        selections++;

        // Survivors that are inside the first rows stay where they are; the others fill the gaps.
        slotTaken.AsSpan().Clear();
        foreach (var survivor in survivors.AsSpan(0, selected))
        {
            if (survivor < selected) slotTaken[survivor] = true;
        }

        var free = 0;
        for (var i = 0; i < selected; i++)
        {
            var slot = survivors[i];
            if (slot >= selected)
            {
                while (slotTaken[free]) free++;
                Move(slot, free);
                slot = free++;
            }

            ranks[slot] = survivorRanks[i];
            crowding[slot] = survivorCrowding[i];
            niches[slot] = survivorNiches[i];
        }

        ParentCount = count = selected;
    }

    /// <summary>A copy of what would survive now.</summary>
    public Population Survivors()
    {
        var population = new Population(variableCount, ObjectiveCount, ConstraintCount);
        var selected = count == ParentCount ? count : SelectSurvivors(survival.Copy());
        for (var i = 0; i < selected; i++)
        {
            var row = count == ParentCount ? i : survivors[i];
            population.Add(
                decisions.AsSpan(row * variableCount, variableCount),
                objectives.AsSpan(row * ObjectiveCount, ObjectiveCount),
                constraints.AsSpan(row * ConstraintCount, ConstraintCount));
        }

        return population;
    }

    private int SelectSurvivors(ISurvival survival)
    {
        if (genomes is not null)
        {
            genomes.Clear();
            for (var i = 0; i < count; i++) isCopy[i] = !genomes.Add(Parent(i));
        }

        return survival.Select(
            objectives.AsSpan(0, count * ObjectiveCount),
            ConstraintCount > 0 ? violations.AsSpan(0, count) : default,
            populationSize,
            survivors,
            survivorRanks,
            survivorCrowding,
            genomes is not null ? isCopy.AsSpan(0, count) : default,
            seed + selections);
    }

    private void Move(int from, int to)
    {
        decisions.AsSpan(from * variableCount, variableCount).CopyTo(decisions.AsSpan(to * variableCount));
        objectives.AsSpan(from * ObjectiveCount, ObjectiveCount).CopyTo(objectives.AsSpan(to * ObjectiveCount));
        constraints.AsSpan(from * ConstraintCount, ConstraintCount).CopyTo(constraints.AsSpan(to * ConstraintCount));
        violations[to] = violations[from];
    }
}
