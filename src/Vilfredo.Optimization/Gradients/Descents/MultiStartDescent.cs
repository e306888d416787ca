using Vilfredo.Optimization.Evolutionary;
using Vilfredo.Optimization.Samplers;

namespace Vilfredo.Optimization.Gradients.Descents;

/// <summary>
/// Several descents side by side, in rounds: a round holds the points that all of them need next. A path that has ended, or whose start or
/// difference gave no result, makes room for a new one, so that there is always a next round.
/// </summary>
/// <remarks>
/// Starts are the points of a scrambled Sobol sequence. Weights are a lattice over the simplex for the first starts and random points of it
/// afterwards. Steps are projected on the bounds. The rounds depend on the seed and
/// the results only.
/// </remarks>
public sealed class MultiStartDescent
{
    private readonly DecisionSpace space;
    private readonly DescentMethod method;
    private readonly DescentOptions options;
    private readonly int objectives;
    private readonly ulong seed;
    private readonly QuasiRandomSampler starts;
    private readonly ObjectiveUnits units;
    private readonly double[] lattice;
    private readonly DescentPath[] paths;
    private readonly List<double[]> ends = [];
    private long started;

    /// <summary>Begins the first round.</summary>
    /// <param name="space">The variables, all real.</param>
    /// <param name="objectives">The number of objectives, at least 1.</param>
    /// <param name="method">How gradients are combined.</param>
    /// <param name="seed">Of starts, weights and random orders.</param>
    /// <param name="options">Defaults when not given.</param>
    /// <exception cref="ArgumentException">A variable is not real, a number or an option is out of range.</exception>
    public MultiStartDescent(DecisionSpace space, int objectives, DescentMethod method, ulong seed, DescentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 1);
        if (!space.IsContinuous) throw new ArgumentException("Descents along gradients are for real variables only; choose another method for whole numbers, choices and orders.", nameof(space));
        (this.space, this.objectives, this.method, this.seed, this.options) = (space, objectives, method, seed, options ?? new());
        this.options.Validate();
        starts = QuasiRandomSampler.Sobol(space, seed);
        units = new(objectives, this.options.Normalize);
        lattice = MoeadOptions.LatticeOf(objectives, Math.Max(objectives, this.options.Starts));
        paths = new DescentPath[this.options.Starts];
        for (var i = 0; i < paths.Length; i++) paths[i] = NextPath();
        Points = PointsOfRound();
    }

    /// <summary>The points of the round, at least one per path. Two may be equal.</summary>
    public IReadOnlyList<double[]> Points { get; private set; }

    /// <summary>Where paths have ended, in the order in which they did; those that never knew a gradient are left out.</summary>
    public IReadOnlyList<double[]> Ends => ends;

    /// <summary>Ends the round and begins the next.</summary>
    /// <param name="results">For each of <see cref="Points"/> its result, null when it has none.</param>
    /// <exception cref="ArgumentException">There is not one result per point, or a result has not one value per objective or not all gradients.</exception>
    public void Advance(IReadOnlyList<DescentResult?> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (results.Count != Points.Count) throw new ArgumentException($"There are {results.Count} results for {Points.Count} points.", nameof(results));
        foreach (var result in results)
        {
            if (result is null) continue;
            if (result.Values.Length != objectives || (result.Gradients is { } gradients && gradients.Length != objectives * space.Count))
                throw new ArgumentException($"A result has {result.Values.Length} values and {result.Gradients?.Length ?? 0} derivatives; there must be {objectives}, and {objectives} x {space.Count} or none.", nameof(results));
        }

        units.See(results);
        var (all, next) = (results.ToArray(), 0);
        for (var i = 0; i < paths.Length; i++)
        {
            var count = paths[i].Wanted.Count;
            paths[i].Advance(all.AsSpan(next, count));
            next += count;
            if (paths[i].Wanted.Count > 0) continue;
            if (paths[i].HasDescended) ends.Add(Decisions(paths[i].Point));
            paths[i] = NextPath();
        }

        Points = PointsOfRound();
    }

    private DescentPath NextPath()
    {
        var start = new double[space.Count];
        starts.Propose(started, start);
        for (var i = 0; i < start.Length; i++)
        {
            var variable = space.Variables[i];
            start[i] = variable.Upper > variable.Lower ? Math.Clamp((start[i] - variable.Lower) / (variable.Upper - variable.Lower), 0, 1) : 0;
        }

        var random = new RandomGenerator(seed, (ulong)started);
        var rule = DescentRule.For(method, options, Direction(random), random);
        started++;
        return new(space, options, rule, units, objectives, start);
    }

    private double[] Direction(RandomGenerator random)
    {
        var direction = new double[objectives];
        if (started < lattice.Length / objectives)
        {
            lattice.AsSpan((int)started * objectives, objectives).CopyTo(direction);
        }
        else
        {
            for (var j = 0; j < objectives; j++) direction[j] = -Math.Log(1 - random.NextDouble());
            var sum = direction.Sum();
            for (var j = 0; j < objectives; j++) direction[j] /= sum;
        }

        return direction;
    }

    private List<double[]> PointsOfRound() => [.. paths.SelectMany(path => path.Wanted).Select(Decisions)];

    private double[] Decisions(double[] unit)
    {
        var decisions = new double[space.Count];
        space.FromUnit(unit, decisions);
        return decisions;
    }
}
