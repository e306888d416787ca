using Vilfredo.Statistics;

namespace Vilfredo.Measurement.InferenceCosts;

/// <summary>
/// Frontier cost of pass of a family of models: V(p; M) = min over m of v(m, p), with a human expert as one more member where
/// a cost is given, and its mean over the problems (Erol et al., arXiv 2504.13359).
/// </summary>
/// <remarks>
/// If a problem stays unsolved and there is no human cost, the mean is infinite; <see cref="UnsolvedShare"/> says how many
/// problems cause it. Cost: O(members × problems).
/// </remarks>
public sealed class FrontierCostOfPass
{
    private readonly IReadOnlyList<FrontierMember> members;

    /// <summary>Finds the frontier of a family.</summary>
    /// <param name="members">All measured on the same problems.</param>
    /// <param name="humanCost">What a human expert takes for one problem; <see langword="null"/> leaves the human out.</param>
    /// <exception cref="ArgumentException">
    /// There is no member, two share a name, a member lacks a problem of another, or the currencies differ.
    /// </exception>
    public FrontierCostOfPass(IReadOnlyList<FrontierMember> members, Money? humanCost = null)
        : this(members, humanCost, Problems(members))
    {
    }

    private FrontierCostOfPass(IReadOnlyList<FrontierMember> members, Money? humanCost, IReadOnlyList<string> problems)
    {
        this.members = members;
        HumanCost = humanCost;
        Currency = humanCost?.Currency ?? members[0].Costs[problems[0]].Currency;
        var human = humanCost is { } money ? new PassCost(money.Amount, money.Currency) : PassCost.Never(Currency);
        Choices = [.. problems.Select(problem => Cheapest(problem, human))];
        Value = new PassCost(Choices.Average(choice => choice.Cost.Amount), Currency);
    }

    /// <summary>What a human expert takes for one problem.</summary>
    public Money? HumanCost { get; }

    /// <summary>The currency's code.</summary>
    public string Currency { get; }

    /// <summary>The cheapest way for every problem, by the problems' names.</summary>
    public IReadOnlyList<FrontierChoice> Choices { get; }

    /// <summary>The mean frontier cost of pass over the problems; infinite when a problem stays unsolved.</summary>
    public PassCost Value { get; }

    /// <summary>The share of problems that nobody solves.</summary>
    public double UnsolvedShare => Choices.Average(choice => choice.Cost.NeverPasses ? 1.0 : 0.0);

    /// <summary>The saving against the human expert alone: human cost − <see cref="Value"/>, at least 0.</summary>
    /// <exception cref="InvalidOperationException">No human cost was given.</exception>
    public Money Gain => HumanCost is { } human
        ? new Money(human.Amount - Math.Min(Value.Amount, human.Amount), Currency)
        : throw new InvalidOperationException("The gain is measured against a human expert; give the human cost of a problem.");

    /// <summary>
    /// How much of the frontier without some members their presence saves: (V(M∖g) − V(M)) / V(M∖g), in [0, 1]; 0 for members
    /// that are never the cheapest, 1 when some problem is solved by them alone.
    /// </summary>
    /// <param name="names">The sub-family g.</param>
    /// <exception cref="ArgumentException">A name is not a member's.</exception>
    /// <exception cref="InvalidOperationException">
    /// The frontier itself is infinite, or nobody is left and there is no human cost.
    /// </exception>
    public double Essentialness(params IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var stranger = names.FirstOrDefault(name => members.All(member => member.Name != name));
        if (stranger is not null)
        {
            throw new ArgumentException(
                $"'{stranger}' is not a member; the members are {string.Join(", ", members.Select(member => member.Name))}.", nameof(names));
        }

        if (Value.NeverPasses)
        {
            throw new InvalidOperationException(
                $"{UnsolvedShare:P0} of the problems are solved by nobody, so the frontier is infinite; give a human cost or leave them out.");
        }

        List<FrontierMember> rest = [.. members.Where(member => !names.Contains(member.Name))];
        if (rest.Count == 0 && HumanCost is null)
            throw new InvalidOperationException("Without these members nobody is left; give a human cost.");

        var without = new FrontierCostOfPass(rest, HumanCost, [.. Choices.Select(choice => choice.Problem)]).Value;
        if (without.NeverPasses) return 1;
        return without.Amount == 0 ? 0 : (without.Amount - Value.Amount) / without.Amount;
    }

    /// <summary>
    /// Progress over time: V after each member joined over V before, in the order of the members; values in [0, 1], 1 for
    /// no progress. The first is measured against the human expert alone.
    /// </summary>
    /// <exception cref="InvalidOperationException">No human cost, or one of 0, was given.</exception>
    public IReadOnlyList<double> Progress()
    {
        if (HumanCost is not { Amount: > 0 } human)
            throw new InvalidOperationException("Progress starts from the human expert's cost; give one above 0.");

        var problems = Choices.Select(choice => choice.Problem).ToList();
        var ratios = new double[members.Count];
        var before = human.Amount;
        for (var count = 1; count <= members.Count; count++)
        {
            var after = new FrontierCostOfPass([.. members.Take(count)], human, problems).Value.Amount;
            ratios[count - 1] = before == 0 ? 1 : after / before;
            before = after;
        }

        return ratios;
    }

    /// <summary>
    /// The bootstrap interval of <see cref="Value"/> over problems. It covers the choice of the problems, not the noise of the
    /// success rates, which also biases the minimum downwards: measure each problem often enough.
    /// </summary>
    /// <param name="random">Draws the resamples.</param>
    /// <param name="options">Level, method and number of resamples; <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidOperationException">A problem stays unsolved, so the mean is infinite.</exception>
    public BootstrapInterval Interval(RandomGenerator random, BootstrapOptions? options = null)
    {
        if (Value.NeverPasses)
        {
            throw new InvalidOperationException(
                $"{UnsolvedShare:P0} of the problems are solved by nobody, so the mean has no interval; give a human cost or leave them out.");
        }

        return Bootstrap.OneSample([.. Choices.Select(choice => choice.Cost.Amount)], Descriptive.Mean, random, options);
    }

    private FrontierChoice Cheapest(string problem, PassCost human)
    {
        var best = new FrontierChoice(problem, human, null);
        foreach (var member in members)
        {
            if (member.Costs[problem] < best.Cost) best = new FrontierChoice(problem, member.Costs[problem], member.Name);
        }

        return best;
    }

    private static List<string> Problems(IReadOnlyList<FrontierMember> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (members.Count == 0) throw new ArgumentException("A frontier needs at least one member.", nameof(members));
        var twice = members.GroupBy(member => member.Name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw new ArgumentException($"Two members are named '{twice.Key}'; rename one.", nameof(members));

        List<string> problems = [.. members.SelectMany(member => member.Costs.Keys).Distinct().Order(StringComparer.Ordinal)];
        if (problems.Count == 0) throw new ArgumentException("The members were measured on no problem.", nameof(members));
        foreach (var member in members)
        {
            var missing = problems.Find(problem => !member.Costs.ContainsKey(problem));
            if (missing is not null)
            {
                throw new ArgumentException(
                    $"Member '{member.Name}' has no cost for problem '{missing}'; measure every member on the same problems, "
                    + "and use PassCost.Never for those it cannot solve.",
                    nameof(members));
            }
        }

        var currencies = members.SelectMany(member => member.Costs.Values).Select(cost => cost.Currency).Distinct().ToList();
        return currencies.Count == 1
            ? problems
            : throw new ArgumentException($"The costs are in {string.Join(" and ", currencies)}; convert them to one currency.", nameof(members));
    }
}
