namespace Vilfredo.Optimization.Evolutionary;

/// <summary>
/// Makes two children of two parents: crossover, then mutation, with the operators that fit each kind of variable. Every
/// child is inside the space and satisfies its filter.
/// </summary>
/// <remarks>
/// <para>With a filter, a child that is refused is made again from the same parents, up to 100 times. After that it is its
/// parent moved by one step inside the feasible part (<see cref="DecisionSpace.Walk"/>), or a random feasible point when
/// the parent itself is refused.</para>
/// <para>Holds no changing state: safe to use from several threads, each with its own generator.</para>
/// </remarks>
public sealed class Reproduction
{
    private const int FilterTries = 100;

    private readonly ICrossover[] crossovers;
    private readonly IMutation[] mutations;
    private readonly double crossoverProbability;

    /// <summary>The operators of the options: simulated binary crossover and polynomial mutation for numbers, exchange and reset for categories, and those for permutations for orders.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public Reproduction(DecisionSpace space, VariationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        options ??= new();
        VariationOptions.CheckProbability(options.CrossoverProbability, nameof(options.CrossoverProbability));

        var numeric = NumericVariables.Of(space).Length;
        var categorical = CategoricalVariables.Of(space).Length;
        List<ICrossover> crossovers = [];
        // Settings are checked even when no variable needs them.
        var simulatedBinary = new SimulatedBinaryCrossover(space, options.CrossoverDistributionIndex);
        if (numeric > 0) crossovers.Add(simulatedBinary);

        if (categorical > 0)
        {
            crossovers.Add(options.CategoricalCrossover switch
            {
                CategoricalCrossover.Uniform => new UniformCrossover(space),
                CategoricalCrossover.OnePoint => new PointCrossover(space, 1),
                CategoricalCrossover.TwoPoint => new PointCrossover(space, 2),
                var other => throw new ArgumentOutOfRangeException(nameof(options), other, "Unknown categorical crossover."),
            });
        }

        if (OrderVariables.Of(space).Length > 0)
        {
            crossovers.Add(options.PermutationCrossover switch
            {
                PermutationCrossover.Order => new OrderCrossover(space),
                PermutationCrossover.PartiallyMapped => new PartiallyMappedCrossover(space),
                PermutationCrossover.EdgeRecombination => new EdgeRecombinationCrossover(space),
                var other => throw new ArgumentOutOfRangeException(nameof(options), other, "Unknown permutation crossover."),
            });
        }

        Space = space;
        crossoverProbability = options.CrossoverProbability;
        this.crossovers = [.. crossovers];
        mutations = MutationsOf(space, options);
    }

    /// <summary>Operators of your own.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="crossoverProbability">The probability that a pair is recombined, in [0, 1].</param>
    /// <param name="crossovers">Applied one after the other to the pair.</param>
    /// <param name="mutations">Applied one after the other to each child.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside its range.</exception>
    public Reproduction(
        DecisionSpace space, double crossoverProbability, IReadOnlyList<ICrossover> crossovers, IReadOnlyList<IMutation> mutations)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(crossovers);
        ArgumentNullException.ThrowIfNull(mutations);
        VariationOptions.CheckProbability(crossoverProbability, nameof(crossoverProbability));
        Space = space;
        this.crossoverProbability = crossoverProbability;
        this.crossovers = [.. crossovers];
        this.mutations = [.. mutations];
    }

    /// <summary>The variables.</summary>
    public DecisionSpace Space { get; }

    /// <summary>Makes two children.</summary>
    /// <param name="first">The first parent, one value per variable.</param>
    /// <param name="second">The second parent; may be the same as the first.</param>
    /// <param name="firstChild">Receives the first child. Not the memory of a parent.</param>
    /// <param name="secondChild">Receives the second child. Not the memory of a parent.</param>
    /// <param name="random">The generator.</param>
    /// <exception cref="ArgumentException">A length is not the number of variables.</exception>
    /// <exception cref="NoFeasibleDecisionException">No point that satisfies the filter was found.</exception>
    public void Reproduce(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, Span<double> firstChild, Span<double> secondChild, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Space.CheckPoint(first, nameof(first));
        Space.CheckPoint(second, nameof(second));
        Space.CheckPoint(firstChild, nameof(firstChild));
        Space.CheckPoint(secondChild, nameof(secondChild));

        Vary(first, second, firstChild, secondChild, random);
        if (Space.Filter is null) return;
        if (!Space.Satisfies(firstChild)) Mend(first, second, firstChild, random);
        if (!Space.Satisfies(secondChild)) Mend(second, first, secondChild, random);
    }

    /// <summary>Polynomial mutation for numbers, reset for categories and one of the mutations of orders, where there are such variables.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    internal static IMutation[] MutationsOf(DecisionSpace space, VariationOptions options)
    {
        var numeric = NumericVariables.Of(space).Length;
        var categorical = CategoricalVariables.Of(space).Length;
        var orders = OrderVariables.Of(space).Length;
        var probability = options.MutationProbability ?? 1.0 / Math.Max(1, numeric + categorical + orders);
        // Settings are checked even when no variable needs them.
        var polynomial = new PolynomialMutation(space, probability, options.MutationDistributionIndex);
        List<IMutation> mutations = [];
        if (numeric > 0) mutations.Add(polynomial);
        if (categorical > 0) mutations.Add(new ResetMutation(space, probability));
        if (orders > 0)
        {
            mutations.Add(options.PermutationMutation switch
            {
                PermutationMutation.Inversion => new InversionMutation(space, probability),
                PermutationMutation.Insertion => new InsertionMutation(space, probability),
                PermutationMutation.Swap => new SwapMutation(space, probability),
                var other => throw new ArgumentOutOfRangeException(nameof(options), other, "Unknown permutation mutation."),
            });
        }

        return [.. mutations];
    }

    private void Vary(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, Span<double> firstChild, Span<double> secondChild, RandomGenerator random)
    {
        first.CopyTo(firstChild);
        second.CopyTo(secondChild);
        if (random.NextBoolean(crossoverProbability))
        {
            foreach (var crossover in crossovers) crossover.Cross(first, second, firstChild, secondChild, random);
        }

        foreach (var mutation in mutations)
        {
            mutation.Mutate(firstChild, random);
            mutation.Mutate(secondChild, random);
        }
    }

    private void Mend(ReadOnlySpan<double> parent, ReadOnlySpan<double> other, Span<double> child, RandomGenerator random)
    {
        var sibling = Space.Count <= 256 ? stackalloc double[Space.Count] : new double[Space.Count];
        for (var i = 0; i < FilterTries; i++)
        {
            Vary(parent, other, child, sibling, random);
            if (Space.Satisfies(child)) return;
        }

        parent.CopyTo(child);
        if (Space.Satisfies(child)) Space.Walk(random, child);
        else Space.Sample(random, child);
    }
}
