namespace Vilfredo.Optimization.Evolutionary;

/// <summary>What MOEA/D holds: a point per subproblem, the best value and the range of each objective; and how a child comes of it and enters it.</summary>
internal sealed class MoeadPopulation
{
    private readonly MoeadSubproblems subproblems;
    private readonly MoeadOptions options;
    private readonly DecisionSpace space;
    private readonly Reproduction reproduction;
    private readonly DifferentialVariation differential;
    private readonly int objectiveCount;
    private readonly int constraintCount;
    private readonly double[] decisions; // one row per subproblem, as in the following
    private readonly double[] objectives;
    private readonly double[] constraints;
    private readonly double[] violations;
    private readonly double[] ideal;
    private readonly double[] range;
    private readonly double[] values; // what each subproblem gives its own point; NaN where not known
    private readonly int[] competitors; // working memory
    private int filled;
    private long told;

    /// <summary>Creates a population with no points.</summary>
    /// <exception cref="ArgumentException">An option or count is outside its range.</exception>
    public MoeadPopulation(DecisionSpace space, int objectiveCount, int constraintCount, MoeadOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectiveCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(constraintCount);
        options.Validate(space);
        (this.space, this.options) = (space, options);
        (this.objectiveCount, this.constraintCount) = (objectiveCount, constraintCount);
        subproblems = new MoeadSubproblems(objectiveCount, options);
        reproduction = new Reproduction(space, options.Variation);
        differential = new DifferentialVariation(space, options.Differential, options.Variation);
        decisions = new double[subproblems.Count * space.Count];
        objectives = new double[subproblems.Count * objectiveCount];
        constraints = new double[subproblems.Count * constraintCount];
        violations = new double[subproblems.Count];
        ideal = new double[objectiveCount];
        ideal.AsSpan().Fill(double.PositiveInfinity);
        range = new double[objectiveCount];
        range.AsSpan().Fill(1);
        values = new double[subproblems.Count];
        competitors = new int[subproblems.Count];
        ForgetValues();
    }

    private MoeadPopulation(MoeadPopulation other)
    {
        (space, options, subproblems, reproduction, differential) = (other.space, other.options, other.subproblems, other.reproduction, other.differential);
        (objectiveCount, constraintCount, filled, told) = (other.objectiveCount, other.constraintCount, other.filled, other.told);
        (decisions, objectives, constraints) = ([.. other.decisions], [.. other.objectives], [.. other.constraints]);
        (violations, ideal, range, values) = ([.. other.violations], [.. other.ideal], [.. other.range], [.. other.values]);
        competitors = new int[subproblems.Count];
    }

    /// <summary>The number of subproblems.</summary>
    public int Count => subproblems.Count;

    /// <summary>Whether every subproblem has a point.</summary>
    public bool IsFull => filled == Count;

    /// <summary>Whether no subproblem has a point.</summary>
    public bool IsEmpty => filled == 0;

    /// <summary>An independent copy.</summary>
    public MoeadPopulation Copy() => new(this);

    /// <summary>The points, repeated where several subproblems hold the same.</summary>
    public Population Points()
    {
        var population = new Population(space.Count, objectiveCount, constraintCount);
        population.Add(
            decisions.AsSpan(0, filled * space.Count),
            objectives.AsSpan(0, filled * objectiveCount),
            constraints.AsSpan(0, filled * constraintCount));
        return population;
    }

    /// <summary>Whether the next child has its parents, and its competitors, in the neighbourhood or among all.</summary>
    public bool StaysNear(RandomGenerator random) => options.NeighborhoodShare >= 1 || random.NextDouble() < options.NeighborhoodShare;

    /// <summary>Makes a child of a subproblem, of neighbours or of any points.</summary>
    public void Breed(int subproblem, bool isNear, Span<double> child, RandomGenerator random)
    {
        if (options.Children == MoeadVariation.Genetic)
        {
            var mother = DecisionsOf(Mate(subproblem, isNear, random));
            var father = DecisionsOf(Mate(subproblem, isNear, random));
            var sibling = child.Length <= 256 ? stackalloc double[child.Length] : new double[child.Length];
            reproduction.Reproduce(mother, father, child, sibling, random);
            return;
        }

        // Two different ones where there are as many; the same ones would make a child of no difference.
        var first = Mate(subproblem, isNear, random);
        var second = Mate(subproblem, isNear, random);
        for (var i = 0; i < 10 && (second == first || first == subproblem); i++) (first, second) = (Mate(subproblem, isNear, random), first);
        var own = DecisionsOf(subproblem);
        differential.Vary(own, own, DecisionsOf(first), DecisionsOf(second), child, random);
    }

    /// <summary>Takes an evaluated point.</summary>
    /// <param name="x">Its decisions.</param>
    /// <param name="f">Its objective values.</param>
    /// <param name="g">Its constraint values.</param>
    /// <param name="home">The subproblem whose child it is; -1 for the one that values it best.</param>
    /// <param name="isNear">Whether it competes in the neighbourhood only.</param>
    /// <param name="random">For the order in which it is compared, when it may not replace all.</param>
    public void Take(ReadOnlySpan<double> x, ReadOnlySpan<double> f, ReadOnlySpan<double> g, int home, bool isNear, RandomGenerator random)
    {
        var violation = Population.ViolationOf(g);
        if (violation == 0)
        {
            for (var j = 0; j < f.Length; j++)
            {
                if (!double.IsFinite(f[j]) || f[j] >= ideal[j]) continue;
                ideal[j] = f[j];
                ForgetValues();
            }
        }

        if (!IsFull) Put(filled++, x, f, g, violation);
        else Replace(x, f, g, violation, home, isNear, random);
        if (++told % subproblems.Count == 0 && options.Normalize) MeasureRange();
    }

    /// <summary>Gives every subproblem without a point the known one that it values best. Nothing happens when none is known.</summary>
    public void Complete()
    {
        if (filled == 0) return;
        var known = filled;
        for (; filled < Count; filled++)
        {
            var best = 0;
            for (var i = 1; i < known; i++)
            {
                var better = violations[i] == 0 && violations[best] == 0
                    ? ValueOf(filled, ObjectivesOf(i)) < ValueOf(filled, ObjectivesOf(best))
                    : violations[i] < violations[best];
                if (better) best = i;
            }

            Put(filled, DecisionsOf(best), ObjectivesOf(best), constraints.AsSpan(best * constraintCount, constraintCount), violations[best]);
        }
    }

    private int Mate(int subproblem, bool isNear, RandomGenerator random)
    {
        if (!isNear) return random.NextInt32(Count);
        var neighbors = subproblems.NeighborsOf(subproblem);
        return neighbors[random.NextInt32(neighbors.Length)];
    }

    private void Replace(
        ReadOnlySpan<double> x, ReadOnlySpan<double> f, ReadOnlySpan<double> g, double violation, int home, bool isNear, RandomGenerator random)
    {
        Span<double> point = stackalloc double[objectiveCount];
        Shift(f, point);
        if (home < 0) home = BestSubproblemFor(point);
        var competitors = this.competitors.AsSpan(0, isNear ? subproblems.NeighborhoodSize : Count);
        if (isNear) subproblems.NeighborsOf(home).CopyTo(competitors);
        else for (var i = 0; i < competitors.Length; i++) competitors[i] = i;

        // Those that it is no worse than; a random choice of them when they are more than it may replace.
        var count = 0;
        foreach (var subproblem in competitors)
        {
            var isNoWorse = violation == 0 && violations[subproblem] == 0
                ? subproblems.ValueOf(subproblem, point) <= HeldValue(subproblem)
                : violation <= violations[subproblem];
            if (isNoWorse) competitors[count++] = subproblem;
        }

        var replacements = Math.Min(count, options.Replacements);
        for (var i = 0; i < replacements; i++)
        {
            if (replacements < count)
            {
                var other = i + random.NextInt32(count - i);
                (competitors[i], competitors[other]) = (competitors[other], competitors[i]);
            }

            Put(competitors[i], x, f, g, violation);
        }
    }

    private int BestSubproblemFor(ReadOnlySpan<double> point)
    {
        var (best, value) = (0, double.PositiveInfinity);
        for (var i = 0; i < subproblems.Count; i++)
        {
            var candidate = subproblems.ValueOf(i, point);
            if (candidate < value) (best, value) = (i, candidate);
        }

        return best;
    }

    private double ValueOf(int subproblem, ReadOnlySpan<double> f)
    {
        Span<double> point = stackalloc double[f.Length];
        Shift(f, point);
        return subproblems.ValueOf(subproblem, point);
    }

    // The same until the ideal point, the ranges or the point change.
    private double HeldValue(int subproblem)
    {
        ref var value = ref values[subproblem];
        if (double.IsNaN(value)) value = ValueOf(subproblem, ObjectivesOf(subproblem));
        return value;
    }

    private void ForgetValues() => values.AsSpan().Fill(double.NaN);

    private void Shift(ReadOnlySpan<double> f, Span<double> point)
    {
        for (var j = 0; j < f.Length; j++)
            point[j] = Math.Max(0, (f[j] - (double.IsFinite(ideal[j]) ? ideal[j] : 0)) / range[j]);
    }

    // Of the feasible points held; an objective that does not vary keeps the range 1.
    private void MeasureRange()
    {
        for (var j = 0; j < objectiveCount; j++)
        {
            var width = 0.0;
            for (var i = 0; i < filled; i++)
            {
                var value = objectives[i * objectiveCount + j];
                if (violations[i] == 0 && double.IsFinite(value)) width = Math.Max(width, value - ideal[j]);
            }

            range[j] = width > 0 && double.IsFinite(width) ? width : 1;
        }

        ForgetValues();
    }

    private ReadOnlySpan<double> DecisionsOf(int subproblem) => decisions.AsSpan(subproblem * space.Count, space.Count);

    private ReadOnlySpan<double> ObjectivesOf(int subproblem) => objectives.AsSpan(subproblem * objectiveCount, objectiveCount);

    private void Put(int subproblem, ReadOnlySpan<double> x, ReadOnlySpan<double> f, ReadOnlySpan<double> g, double violation)
    {
        x.CopyTo(decisions.AsSpan(subproblem * space.Count));
        f.CopyTo(objectives.AsSpan(subproblem * objectiveCount));
        g.CopyTo(constraints.AsSpan(subproblem * constraintCount));
        violations[subproblem] = violation;
        values[subproblem] = double.NaN;
    }
}
